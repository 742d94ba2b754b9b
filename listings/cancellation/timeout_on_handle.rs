//! A save with a time limit is given up twice, and saves twice.

use std::time::Duration;
use tokio::time::{sleep, timeout};

async fn save(attempt: u32) {
    sleep(Duration::from_millis(300)).await;
    println!("Attempt {attempt}: saved");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for attempt in 1..=2 {
        let task = tokio::spawn(save(attempt));
        match timeout(Duration::from_millis(200), task).await {
            Ok(_) => break,
            Err(_) => println!("Attempt {attempt}: given up"),
        }
    }
    sleep(Duration::from_millis(200)).await;
    println!("Time for the next reading");
}
