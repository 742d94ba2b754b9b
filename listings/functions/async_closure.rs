//! The futures of an async closure borrow its counter, one after another.

use std::time::Duration;
use tokio::time::sleep;

async fn ask_gauge(attempt: u32) -> Option<u32> {
    println!("Attempt {attempt}");
    sleep(Duration::from_millis(100)).await;
    if attempt == 3 { Some(4) } else { None }
}

// ANCHOR: closure
async fn retry(mut ask: impl AsyncFnMut() -> Option<u32>) -> Option<u32> {
    for _ in 0..3 {
        if let Some(millimeters) = ask().await {
            return Some(millimeters);
        }
    }
    None
}

#[tokio::main]
async fn main() {
    let mut attempts = 0;
    let answer = retry(async || {
        attempts += 1;
        ask_gauge(attempts).await
    });
    println!("{:?}", answer.await);
    println!("Attempts: {attempts}");
}
// ANCHOR_END: closure
