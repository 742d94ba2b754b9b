//! A task starts without being awaited, and is dropped when `main` returns.

use std::time::Duration;
use tokio::time::sleep;

struct Connection;

impl Drop for Connection {
    fn drop(&mut self) {
        println!("Connection closed");
    }
}

async fn save(degrees: i32) {
    let _connection = Connection;
    println!("Saving {degrees} degrees");
    sleep(Duration::from_millis(200)).await;
    println!("Saved {degrees} degrees");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(save(21));
    println!("Asking the rain gauge");
    sleep(Duration::from_millis(100)).await;
    println!("3 mm of rain");
}
