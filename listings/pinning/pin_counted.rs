//! A wrapper that counts the polls of any future, in a loop with `select!`.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::time::sleep;

async fn read_pressure() -> u32 {
    sleep(Duration::from_millis(200)).await;
    1013
}

// ANCHOR: counted
pin_project! {
    struct Counted<F> {
        #[pin]
        inner: F,
        polls: u32,
    }
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        *this.polls += 1;
        let output = ready!(this.inner.poll(cx));
        Poll::Ready((output, *this.polls))
    }
}
// ANCHOR_END: counted

// ANCHOR: main
fn counted<F: Future>(inner: F) -> Counted<F> {
    Counted { inner, polls: 0 }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut reading = pin!(counted(read_pressure()));
    let mut limit = pin!(sleep(Duration::from_millis(500)));
    loop {
        tokio::select! {
            (hpa, polls) = &mut reading => {
                println!("{hpa} hPa, {polls} polls");
                reading.set(counted(read_pressure()));
            }
            () = &mut limit => break,
        }
    }
    println!("Time is up");
}
// ANCHOR_END: main
