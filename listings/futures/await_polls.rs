//! One poll of an async function that awaits two futures.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

struct Gauge {
    millimeters: u32,
}

impl Future for Gauge {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<u32> {
        println!("Gauge polled: {} mm", self.millimeters);
        Poll::Ready(self.millimeters)
    }
}

async fn total_rainfall() -> u32 {
    let roof = Gauge { millimeters: 3 }.await;
    let garden = Gauge { millimeters: 4 }.await;
    roof + garden
}

fn main() {
    let total = pin!(total_rainfall());
    let mut cx = Context::from_waker(Waker::noop());
    println!("{:?}", total.poll(&mut cx));
}
