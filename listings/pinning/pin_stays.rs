//! Two futures are begun on one thread and finished on others, unmoved.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};
use std::{ptr, thread};

use smol::future::yield_now;

async fn read_gauge() -> u32 {
    let sample = 3;
    let newest = &sample;
    yield_now().await;
    println!("Same place: {}", ptr::eq(newest, &sample));
    *newest
}

// ANCHOR: main
fn poll_once(gauge: Pin<&mut impl Future<Output = u32>>) {
    let mut cx = Context::from_waker(Waker::noop());
    println!("{:?}", gauge.poll(&mut cx));
}

fn main() {
    let mut local = pin!(read_gauge());
    poll_once(local.as_mut());
    thread::scope(|scope| {
        scope.spawn(|| poll_once(local));
    });

    let mut boxed = Box::pin(read_gauge());
    poll_once(boxed.as_mut());
    thread::spawn(move || poll_once(boxed.as_mut()))
        .join()
        .expect("the gauge does not panic");
}
// ANCHOR_END: main
