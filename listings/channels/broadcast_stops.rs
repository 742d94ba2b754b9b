//! Five readings, room for two, and a loop that ends at any error.

use tokio::sync::broadcast;

#[tokio::main]
async fn main() {
    let (sender, mut receiver) = broadcast::channel(2);
    for reading in 1..=5 {
        sender.send(reading).expect("there is a receiver");
    }
    drop(sender);

    while let Ok(reading) = receiver.recv().await {
        println!("Reading {reading}");
    }
    println!("The loop is over");
}
