//! Counting the polls of three sensors, each in a task of its own.

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

// ANCHOR: main
#[tokio::main]
async fn main() {
    let rain = tokio::spawn(read_sensor("Rain", 100));
    let wind = tokio::spawn(read_sensor("Wind", 200));
    let light = tokio::spawn(read_sensor("Light", 300));
    for task in [rain, wind, light] {
        task.await.expect("the task does not panic");
    }
}
// ANCHOR_END: main
