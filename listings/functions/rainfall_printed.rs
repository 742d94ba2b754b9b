//! Async from the gauge up to `main`, and there Tokio takes over.

use std::time::Duration;
use tokio::time::sleep;

async fn read_gauge(place: &str) -> u32 {
    sleep(Duration::from_millis(100)).await;
    if place == "roof" { 3 } else { 4 }
}

async fn print_rainfall(place: &str) {
    let millimeters = read_gauge(place).await;
    println!("{place}: {millimeters} mm");
}

#[tokio::main]
async fn main() {
    print_rainfall("roof").await;
    print_rainfall("garden").await;
}
