//! A Tokio timer, awaited on smol, compiles and panics.

use std::time::Duration;
use tokio::time::sleep;

async fn fetch_temperature() -> f64 {
    sleep(Duration::from_millis(100)).await;
    21.5
}

fn main() {
    println!("Fetching");
    let celsius = smol::block_on(fetch_temperature());
    println!("{celsius} °C");
}
