//! A reference in a future that points into the same future.

use std::future::ready;
use std::pin::pin;
use std::ptr;

async fn address_of_newest() -> usize {
    let samples = [3_u32; 4096];
    let newest = &samples[4095];
    ready(()).await;
    ptr::from_ref(newest).addr()
}

#[tokio::main]
async fn main() {
    let future = pin!(address_of_newest());
    let start = ptr::from_ref(&*future).addr();
    let end = start + size_of_val(&*future);

    let newest = future.await;
    println!("In the future: {}", (start..end).contains(&newest));
}
