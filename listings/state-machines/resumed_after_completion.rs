//! The future of an async function is polled again after it was Ready.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

async fn total_rainfall(roof: u32, garden: u32) -> u32 {
    roof + garden
}

fn main() {
    let mut total = pin!(total_rainfall(3, 4));
    let mut cx = Context::from_waker(Waker::noop());

    println!("{:?}", total.as_mut().poll(&mut cx));
    println!("{:?}", total.as_mut().poll(&mut cx));
}
