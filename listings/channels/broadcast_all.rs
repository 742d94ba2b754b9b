//! Two displays that both receive every reading.

use tokio::sync::broadcast::{self, Receiver};

async fn display(mut readings: Receiver<i32>) -> Vec<i32> {
    let mut shown = Vec::new();
    while let Ok(celsius) = readings.recv().await {
        shown.push(celsius);
    }
    shown
}

#[tokio::main]
async fn main() {
    let (sender, receiver) = broadcast::channel(8);
    let hall = tokio::spawn(display(sender.subscribe()));
    let office = tokio::spawn(display(receiver));

    for celsius in [19, 20, 21] {
        sender.send(celsius).expect("there are receivers");
    }
    drop(sender);

    println!("Hall: {:?}", hall.await.expect("it does not panic"));
    println!("Office: {:?}", office.await.expect("it does not panic"));
}
