//! The second call needs the result of the first.

use std::time::Duration;
use tokio::time::sleep;

async fn look_up_sensor(room: &str) -> u32 {
    sleep(Duration::from_millis(100)).await;
    println!("Looked up the sensor in the {room}");
    17
}

async fn fetch_temperature(sensor: u32) -> f64 {
    sleep(Duration::from_millis(100)).await;
    println!("Asked sensor {sensor}");
    21.5
}

#[tokio::main]
async fn main() {
    let sensor = look_up_sensor("attic").await;
    let temperature = fetch_temperature(sensor).await;
    println!("{temperature} °C");
}
