//! The first poll is Pending and calls the waker; the second is Ready.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

struct Gauge {
    polls: u32,
}

impl Future for Gauge {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        self.polls += 1;
        println!("Poll {}", self.polls);
        if self.polls == 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(3)
    }
}

struct Bell;

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        println!("Waker called");
    }
}

fn main() {
    let mut gauge = pin!(Gauge { polls: 0 });
    let waker = Waker::from(Arc::new(Bell));
    let mut cx = Context::from_waker(&waker);

    println!("{:?}", gauge.as_mut().poll(&mut cx));
    println!("{:?}", gauge.as_mut().poll(&mut cx));
}
