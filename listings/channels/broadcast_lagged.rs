//! Five readings, room for two, and a loop that goes on after having lagged.

use tokio::sync::broadcast::{self, error::RecvError};

#[tokio::main]
async fn main() {
    let (sender, mut receiver) = broadcast::channel(2);
    for reading in 1..=5 {
        sender.send(reading).expect("there is a receiver");
    }
    drop(sender);

    loop {
        match receiver.recv().await {
            Ok(reading) => println!("Reading {reading}"),
            Err(RecvError::Lagged(missed)) => println!("Missed {missed}"),
            Err(RecvError::Closed) => break,
        }
    }
    println!("The loop is over");
}
