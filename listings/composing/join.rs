//! Two futures under `join!` take as long as the slower one.

use std::time::Duration;
use tokio::time::sleep;

async fn fetch_temperature() {
    sleep(Duration::from_millis(200)).await;
    println!("Temperature fetched");
}

async fn fetch_humidity() {
    sleep(Duration::from_millis(100)).await;
    println!("Humidity fetched");
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let temperature = fetch_temperature();
    let humidity = fetch_humidity();
    tokio::join!(temperature, humidity);
}
// ANCHOR_END: main
