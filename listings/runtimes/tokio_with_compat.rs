//! `Compat` brings the context of a Tokio runtime to a task on smol.

use async_compat::Compat;
use std::time::Duration;
use tokio::time::sleep;

async fn fetch_temperature() -> f64 {
    sleep(Duration::from_millis(100)).await;
    21.5
}

// ANCHOR: main
fn main() {
    println!("Fetching");
    let temperature = smol::spawn(Compat::new(fetch_temperature()));
    let celsius = smol::block_on(temperature);
    println!("{celsius} °C");
}
// ANCHOR_END: main
