//! With an `Arc` in place of the `Rc`, the future may change threads.

use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

async fn save(station: Arc<String>) {
    sleep(Duration::from_millis(100)).await;
    println!("Saved the readings of {station}");
}

#[tokio::main]
async fn main() {
    let station = Arc::new(String::from("Oslo"));
    let handle = tokio::spawn(save(station.clone()));
    handle.await.expect("the task does not panic");
    println!("{station} is done");
}
