//! A wrapper that counts polls, for futures that may be moved.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::sleep;

async fn read_pressure() -> u32 {
    sleep(Duration::from_millis(200)).await;
    1013
}

// ANCHOR: counted
struct Counted<F> {
    inner: F,
    polls: u32,
}

impl<F: Future + Unpin> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.polls += 1;
        let output = ready!(Pin::new(&mut self.inner).poll(cx));
        Poll::Ready((output, self.polls))
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let inner = pin!(read_pressure());
    let (hpa, polls) = Counted { inner, polls: 0 }.await;
    println!("{hpa} hPa, {polls} polls");
}
// ANCHOR_END: counted
