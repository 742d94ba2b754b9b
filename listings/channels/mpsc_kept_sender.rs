//! A loop that receives from two sensors, with 200 ms to end in.

use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::timeout;

async fn measure(sensor: &str, readings: Sender<String>) {
    for celsius in [21, 22] {
        let reading = format!("{sensor}: {celsius} °C");
        readings.send(reading).await.expect("the receiver is alive");
    }
}

async fn print_all(mut readings: Receiver<String>) {
    while let Some(reading) = readings.recv().await {
        println!("{reading}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(measure("Attic", sender.clone()));
    tokio::spawn(measure("Cellar", sender.clone()));

    match timeout(Duration::from_millis(200), print_all(receiver)).await {
        Ok(()) => println!("All readings printed"),
        Err(_) => println!("Still waiting after 200 ms"),
    }
}
