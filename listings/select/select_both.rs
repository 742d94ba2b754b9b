//! Two stations asked for the same temperature, both answers awaited.

use std::time::Duration;
use tokio::time::sleep;

async fn ask(station: &str, delay: u64) -> f64 {
    sleep(Duration::from_millis(delay)).await;
    println!("{station} answered");
    21.5
}

#[tokio::main]
async fn main() {
    let (celsius, _) = tokio::join!(ask("North", 500), ask("South", 100));
    println!("{celsius} °C");
}
