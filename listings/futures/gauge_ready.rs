//! A hand-written future, polled by hand, is ready at the first poll.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

struct Gauge {
    millimeters: u32,
}

impl Future for Gauge {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(self.millimeters)
    }
}

fn main() {
    let gauge = pin!(Gauge { millimeters: 3 });
    let mut cx = Context::from_waker(Waker::noop());

    match gauge.poll(&mut cx) {
        Poll::Ready(millimeters) => println!("{millimeters} mm"),
        Poll::Pending => println!("No value yet"),
    }
}
