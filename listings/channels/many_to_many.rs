//! Two tasks, on two runtimes, share the readings of one channel.

use async_channel::Receiver;
use smol::Timer;
use std::time::Duration;

async fn save_all(readings: Receiver<i32>) -> Vec<i32> {
    let mut saved = Vec::new();
    while let Ok(reading) = readings.recv().await {
        Timer::after(Duration::from_millis(100)).await;
        saved.push(reading);
    }
    saved
}

fn main() {
    smol::block_on(async {
        let (sender, receiver) = async_channel::bounded(8);
        for celsius in [18, 19, 20, 21] {
            sender.send(celsius).await.expect("there is a receiver");
        }
        drop(sender);

        let first = smol::spawn(save_all(receiver.clone()));
        let second = async_std::task::spawn(save_all(receiver));
        let mut saved = first.await;
        saved.extend(second.await);
        saved.sort();
        println!("Saved: {saved:?}");
    });
}
