//! Readings sent before and after somebody subscribes.

use tokio::sync::broadcast;

#[tokio::main]
async fn main() {
    let sender = broadcast::Sender::new(8);
    println!("{:?}", sender.send(19));

    let mut receiver = sender.subscribe();
    println!("{:?}", sender.send(20));
    println!("{:?}", receiver.recv().await);
}
