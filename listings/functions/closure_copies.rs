//! With `async move`, each future gets a counter of its own.

use std::future::Future;
use std::time::Duration;
use tokio::time::sleep;

async fn ask_gauge(attempt: u32) -> Option<u32> {
    println!("Attempt {attempt}");
    sleep(Duration::from_millis(100)).await;
    if attempt == 3 { Some(4) } else { None }
}

async fn retry<F, R>(mut ask: F) -> Option<u32>
where
    F: FnMut() -> R,
    R: Future<Output = Option<u32>>,
{
    for _ in 0..3 {
        if let Some(millimeters) = ask().await {
            return Some(millimeters);
        }
    }
    None
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let mut attempts = 0;
    let answer = retry(|| async move {
        attempts += 1;
        ask_gauge(attempts).await
    });
    println!("{:?}", answer.await);
    println!("Attempts: {attempts}");
}
// ANCHOR_END: main
