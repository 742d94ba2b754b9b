//! Three sensors are asked with `join_all`, the slowest one first.

use futures::future::join_all;
use std::time::Duration;
use tokio::time::sleep;

async fn read(room: &str, delay: u64) -> String {
    sleep(Duration::from_millis(delay)).await;
    format!("{room}: answered after {delay} ms")
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let sensors = [("Attic", 300), ("Kitchen", 200), ("Cellar", 100)];
    let questions = sensors.map(|(room, delay)| read(room, delay));
    for reading in join_all(questions).await {
        println!("{reading}");
    }
}
// ANCHOR_END: main
