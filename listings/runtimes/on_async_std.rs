//! The same two sensors on async-std.

use async_std::task::{self, sleep};
use std::time::Duration;

async fn fetch_temperature() -> f64 {
    sleep(Duration::from_millis(200)).await;
    21.5
}

async fn fetch_humidity() -> u32 {
    sleep(Duration::from_millis(100)).await;
    40
}

fn main() {
    task::block_on(async {
        let temperature = task::spawn(fetch_temperature());
        println!("{} %", fetch_humidity().await);
        let celsius = temperature.await;
        println!("{celsius} °C");
    });
}
