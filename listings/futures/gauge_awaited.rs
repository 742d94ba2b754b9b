//! Awaited under a runtime, the same future is polled twice.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

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

// ANCHOR: main
#[tokio::main]
async fn main() {
    let millimeters = Gauge { polls: 0 }.await;
    println!("{millimeters} mm");
}
// ANCHOR_END: main
