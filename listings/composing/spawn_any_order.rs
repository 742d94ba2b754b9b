//! Three spawned tasks, their handles awaited one after the other.

use std::time::Duration;
use tokio::time::sleep;

async fn fetch_temperature(room: &str) {
    sleep(Duration::from_millis(100)).await;
    println!("Temperature in the {room} fetched");
}

#[tokio::main]
async fn main() {
    let handles = [
        tokio::spawn(fetch_temperature("attic")),
        tokio::spawn(fetch_temperature("kitchen")),
        tokio::spawn(fetch_temperature("cellar")),
    ];
    for handle in handles {
        handle.await.expect("the task does not panic");
    }
}
