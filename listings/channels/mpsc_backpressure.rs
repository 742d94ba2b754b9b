//! A fast sensor and a slow printer, with room for four messages, then one.

use std::time::Duration;
use tokio::sync::mpsc::{self, Sender};
use tokio::time::sleep;

async fn measure(readings: Sender<u32>) {
    for reading in 1..=3 {
        readings.send(reading).await.expect("the printer is alive");
        println!("Sent {reading}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for room in [4, 1] {
        println!("Room for {room}:");
        let (sender, mut receiver) = mpsc::channel(room);
        tokio::spawn(measure(sender));
        while let Some(reading) = receiver.recv().await {
            println!("    Printing {reading}");
            sleep(Duration::from_millis(100)).await;
        }
    }
}
