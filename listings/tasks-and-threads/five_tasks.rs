//! Five sensors, read by five tasks.

use std::time::Duration;

use tokio::time::sleep;

async fn read_sensor(number: u32) {
    sleep(Duration::from_millis(100)).await;
    println!("Sensor {number} answered");
}

#[tokio::main]
async fn main() {
    let mut handles = Vec::new();
    for number in 1..=5 {
        handles.push(tokio::spawn(read_sensor(number)));
    }
    for handle in handles {
        handle.await.expect("the task does not panic");
    }
}
