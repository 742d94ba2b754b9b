//! `Pin::new` with the future of an async function: refused.

use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Waker};

use smol::future::yield_now;

async fn read_gauge() -> u32 {
    let sample = 3;
    let newest = &sample;
    yield_now().await;
    println!("Same place: {}", ptr::eq(newest, &sample));
    *newest
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut gauge = read_gauge();
    println!("{:?}", Pin::new(&mut gauge).poll(&mut cx));
}
