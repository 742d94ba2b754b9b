//! A display that shows the latest value, and a sensor that is faster.

use tokio::sync::watch;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, mut receiver) = watch::channel(18);
    tokio::spawn(async move {
        for celsius in [19, 20, 21] {
            sender.send(celsius).expect("the display is alive");
        }
    });

    println!("At first: {} °C", *receiver.borrow_and_update());
    while receiver.changed().await.is_ok() {
        println!("Changed: {} °C", *receiver.borrow_and_update());
    }
    println!("The sensor is gone");
}
