//! Counting the polls of a sleep of 200 ms.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;

use tokio::time::sleep;

#[tokio::main]
async fn main() {
    let mut nap = pin!(sleep(Duration::from_millis(200)));
    let mut polls = 0;

    poll_fn(|cx| {
        polls += 1;
        nap.as_mut().poll(cx)
    })
    .await;

    println!("{polls} polls");
}
