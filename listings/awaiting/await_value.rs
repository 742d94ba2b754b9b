//! Two awaits, with plain code before, between, and behind them.

use std::time::{Duration, Instant};

use tokio::time::sleep;

async fn weigh(grams: u32) -> u32 {
    sleep(Duration::from_millis(100)).await;
    grams
}

#[tokio::main]
async fn main() {
    let start = Instant::now();
    // The time since the start, rounded down to hundreds.
    let now = || start.elapsed().as_millis() / 100 * 100;

    println!("{} ms: weighing the flour", now());
    let flour = weigh(500).await;

    let needed = flour * 6 / 10;
    println!("{} ms: {flour} g, so add {needed} g of water", now());
    let water = weigh(needed).await;

    println!("{} ms: {} g of dough", now(), flour + water);
}
