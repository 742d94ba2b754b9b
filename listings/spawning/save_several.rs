//! Handles awaited in a loop give their results in the order of the loop.

use std::time::Duration;
use tokio::time::sleep;

async fn save(room: &str, delay: u64) -> String {
    sleep(Duration::from_millis(delay)).await;
    println!("Saved the {room}'s reading");
    format!("Receipt for the {room}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut handles = Vec::new();
    for (room, delay) in [("attic", 300), ("kitchen", 200), ("cellar", 100)] {
        handles.push(tokio::spawn(save(room, delay)));
    }
    for handle in handles {
        let receipt = handle.await.expect("the task does not panic");
        println!("{receipt}");
    }
}
