//! The same two sensors on smol.

use smol::Timer;
use std::time::Duration;

async fn fetch_temperature() -> f64 {
    Timer::after(Duration::from_millis(200)).await;
    21.5
}

async fn fetch_humidity() -> u32 {
    Timer::after(Duration::from_millis(100)).await;
    40
}

fn main() {
    smol::block_on(async {
        let temperature = smol::spawn(fetch_temperature());
        println!("{} %", fetch_humidity().await);
        let celsius = temperature.await;
        println!("{celsius} °C");
    });
}
