//! A canceled `send` loses its message; a canceled `reserve` has none.

use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{Instant, interval_at, sleep};

const BEAT: Duration = Duration::from_millis(150);

// ANCHOR: senders
async fn with_send(mut readings: VecDeque<f64>, queue: Sender<f64>) {
    let mut beat = interval_at(Instant::now() + BEAT, BEAT);
    while let Some(reading) = readings.pop_front() {
        tokio::select! {
            sent = queue.send(reading) => sent.expect("main receives"),
            _ = beat.tick() => println!("Still sending"),
        }
    }
}

async fn with_reserve(mut readings: VecDeque<f64>, queue: Sender<f64>) {
    let mut beat = interval_at(Instant::now() + BEAT, BEAT);
    while !readings.is_empty() {
        tokio::select! {
            permit = queue.reserve() => {
                let reading = readings.pop_front().expect("not empty");
                permit.expect("main receives").send(reading);
            }
            _ = beat.tick() => println!("Still sending"),
        }
    }
}
// ANCHOR_END: senders

async fn print_all(mut queue: Receiver<f64>) {
    while let Some(reading) = queue.recv().await {
        println!("{reading:.1}");
        sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let readings = VecDeque::from([21.5, 19.0, 18.5, 17.0]);

    println!("With send:");
    let (sender, receiver) = mpsc::channel(1);
    tokio::join!(with_send(readings.clone(), sender), print_all(receiver));

    println!("With reserve:");
    let (sender, receiver) = mpsc::channel(1);
    tokio::join!(with_reserve(readings, sender), print_all(receiver));
}
