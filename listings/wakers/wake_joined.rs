//! Counting the polls of three sensors joined in one task.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;

use tokio::time::sleep;

async fn read_sensor(name: &str, millis: u64) {
    let mut answer = pin!(sleep(Duration::from_millis(millis)));
    let mut polls = 0;

    poll_fn(|cx| {
        polls += 1;
        answer.as_mut().poll(cx)
    })
    .await;

    println!("{name}: {polls} polls");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    tokio::join!(
        read_sensor("Rain", 100),
        read_sensor("Wind", 200),
        read_sensor("Light", 300),
    );
}
