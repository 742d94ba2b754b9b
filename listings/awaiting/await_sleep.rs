//! A sleep that is made first and awaited last.

use std::time::Duration;

use tokio::time::sleep;

#[tokio::main]
async fn main() {
    println!("Kettle on");
    let kettle = sleep(Duration::from_millis(300));

    sleep(Duration::from_millis(200)).await;
    println!("Dough mixed");

    kettle.await;
    println!("Water boils");
}
