//! A `JoinSet` hands out each result when its task has finished.

use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn read(room: &str, delay: u64) -> String {
    sleep(Duration::from_millis(delay)).await;
    format!("{room}: answered after {delay} ms")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sensors = [("Attic", 300), ("Kitchen", 200), ("Cellar", 100)];
    let mut tasks = JoinSet::new();
    for (room, delay) in sensors {
        tasks.spawn(read(room, delay));
    }
    while let Some(result) = tasks.join_next().await {
        let reading = result.expect("the task does not panic");
        println!("{reading}");
    }
}
