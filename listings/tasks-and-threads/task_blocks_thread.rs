//! One task makes a blocking call, and the heartbeat of another stops.

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

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let heart = tokio::spawn(heartbeat());
    let gauge = tokio::spawn(async { read_rain_gauge() });
    gauge.await.expect("the task does not panic");
    heart.await.expect("the task does not panic");
}
