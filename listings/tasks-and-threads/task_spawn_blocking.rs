//! The same blocking call on a thread of its own.

use std::thread;
use std::time::Duration;

use tokio::time::sleep;

async fn heartbeat() {
    for beat in 1..=3 {
        println!("Beat {beat}");
        sleep(Duration::from_millis(100)).await;
    }
}

fn read_rain_gauge() {
    // The driver's way to wait for an answer: it blocks the thread.
    thread::sleep(Duration::from_millis(400));
    println!("Rain gauge answered");
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let heart = tokio::spawn(heartbeat());
    let gauge = tokio::task::spawn_blocking(read_rain_gauge);
    gauge.await.expect("the task does not panic");
    heart.await.expect("the task does not panic");
}
// ANCHOR_END: main
