//! A task for each sensor, all of them waiting at the same time.

use std::time::Instant;

use tokio::sync::{RwLock, mpsc};
use tokio::task::JoinSet;

static GATE: RwLock<()> = RwLock::const_new(());

#[tokio::main]
async fn main() {
    let wanted = std::env::args().nth(1);
    let wanted = wanted.map_or(10_000, |n| n.parse().expect("a number"));
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let mut tasks = JoinSet::new();

    let begin = Instant::now();
    let closed = GATE.write().await; // until it is dropped
    for _ in 0..wanted {
        let arrived = arrived.clone();
        tasks.spawn(async move {
            arrived.send(()).expect("main waits for it");
            drop(GATE.read().await); // suspends until the gate is open
        });
    }
    for _ in 0..wanted {
        arrivals.recv().await.expect("main holds a sender");
    }
    println!("tasks: {}", tasks.len());
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    println!("started in: {millis:.2} ms");

    drop(closed);
    tasks.join_all().await;
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    println!("started and joined in: {millis:.2} ms");
    let micros_each = millis * 1e3 / wanted as f64;
    println!("started and joined, each: {micros_each:.2} µs");
}
