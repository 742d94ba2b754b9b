//! No branch is left, and there is no `else`.

use std::time::Duration;
use tokio::time::sleep;

async fn ask(delay: u64, answer: Option<f64>) -> Option<f64> {
    sleep(Duration::from_millis(delay)).await;
    answer
}

// ANCHOR: change
async fn first_answer(north: Option<f64>, south: Option<f64>) {
    tokio::select! {
        Some(celsius) = ask(200, north) => println!("North: {celsius} °C"),
        Some(celsius) = ask(100, south) => println!("South: {celsius} °C"),
    }
}

#[tokio::main]
async fn main() {
    first_answer(None, None).await;
}
// ANCHOR_END: change
