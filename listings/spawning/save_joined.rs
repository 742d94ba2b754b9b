//! `main` keeps the handle, and awaits it when its own work is done.

use std::time::Duration;
use tokio::time::sleep;

async fn save(degrees: i32) -> u32 {
    println!("Saving {degrees} degrees");
    sleep(Duration::from_millis(200)).await;
    println!("Saved {degrees} degrees");
    1440
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let handle = tokio::spawn(save(21));
    println!("Asking the rain gauge");
    sleep(Duration::from_millis(100)).await;
    println!("3 mm of rain");
    let readings = handle.await.expect("the task does not panic");
    println!("{readings} readings in the archive");
}
// ANCHOR_END: main
