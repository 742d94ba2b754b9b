//! Two sensors, one of them asked by a task, on Tokio.

use std::time::Duration;
use tokio::time::sleep;

async fn fetch_temperature() -> f64 {
    sleep(Duration::from_millis(200)).await;
    21.5
}

async fn fetch_humidity() -> u32 {
    sleep(Duration::from_millis(100)).await;
    40
}

#[tokio::main]
async fn main() {
    let temperature = tokio::spawn(fetch_temperature());
    println!("{} %", fetch_humidity().await);
    let celsius = temperature.await.expect("the task does not panic");
    println!("{celsius} °C");
}
