//! Sending when the receiver has been dropped.

use tokio::sync::mpsc::{self, error::SendError};

#[tokio::main]
async fn main() {
    let (sender, receiver) = mpsc::channel(8);
    drop(receiver);

    match sender.send("Attic: 21.5 °C").await {
        Ok(()) => println!("Sent"),
        Err(SendError(reading)) => println!("Not sent: {reading}"),
    }
}
