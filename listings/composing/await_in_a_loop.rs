//! An `await` in a loop asks one sensor after the other.

use std::time::Duration;
use tokio::time::sleep;

async fn read(room: &str, delay: u64) -> String {
    sleep(Duration::from_millis(delay)).await;
    format!("{room}: answered after {delay} ms")
}

#[tokio::main]
async fn main() {
    let sensors = [("Attic", 300), ("Kitchen", 200), ("Cellar", 100)];
    for (room, delay) in sensors {
        let reading = read(room, delay).await;
        println!("{reading}");
    }
}
