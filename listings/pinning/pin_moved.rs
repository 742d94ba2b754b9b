//! A hand-written future is polled, moved to the heap, and polled again.

use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, Waker};

struct Gauge {
    first_address: Option<usize>,
}

impl Future for Gauge {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let address = ptr::from_ref(&*self).addr();
        if let Some(first) = self.first_address {
            println!("Same place: {}", first == address);
            return Poll::Ready(3);
        }
        self.first_address = Some(address);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());

    let mut gauge = Gauge {
        first_address: None,
    };
    println!("{:?}", Pin::new(&mut gauge).poll(&mut cx));

    let mut boxed = Box::new(gauge);
    println!("{:?}", Pin::new(&mut *boxed).poll(&mut cx));
}
