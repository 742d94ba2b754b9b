//! A guard that is dropped before the `.await` but in scope there is refused.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::sleep;

async fn save(archive: Arc<Mutex<Vec<i32>>>, degrees: i32) {
    let mut readings = archive.lock().expect("no task panics");
    readings.push(degrees);
    drop(readings);
    sleep(Duration::from_millis(100)).await;
    println!("Saved {degrees} degrees");
}

#[tokio::main]
async fn main() {
    let archive = Arc::new(Mutex::new(vec![19, 20]));
    let handle = tokio::spawn(save(archive.clone(), 21));
    handle.await.expect("the task does not panic");
    let readings = archive.lock().expect("no task panics");
    println!("{} readings in the archive", readings.len());
}
