//! The same two stations, and the first answer is taken.

use std::time::Duration;
use tokio::time::sleep;

async fn ask(station: &str, delay: u64) -> f64 {
    sleep(Duration::from_millis(delay)).await;
    println!("{station} answered");
    21.5
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let celsius = tokio::select! {
        north = ask("North", 500) => north,
        south = ask("South", 100) => south,
    };
    println!("{celsius} °C");
}
// ANCHOR_END: main
