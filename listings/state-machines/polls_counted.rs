//! Counting the polls that three async functions take.

use std::future::{Future, poll_fn, ready};
use std::pin::pin;
use std::time::Duration;

use tokio::time::sleep;

async fn total_stored() -> u32 {
    ready(3).await + ready(4).await
}

async fn total_measured() -> u32 {
    sleep(Duration::from_millis(100)).await;
    total_stored().await
}

async fn report() {
    let millimeters = total_measured().await;
    println!("{millimeters} mm");
}

async fn count_polls(future: impl Future) -> u32 {
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        future.as_mut().poll(cx)
    })
    .await;
    polls
}

#[tokio::main]
async fn main() {
    println!("total_stored: {}", count_polls(total_stored()).await);
    println!("total_measured: {}", count_polls(total_measured()).await);
    println!("report: {}", count_polls(report()).await);
}
