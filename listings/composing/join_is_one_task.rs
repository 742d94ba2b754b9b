//! Two calculations under `join!`, and the threads that they run on.

use std::thread::{self, ThreadId};

async fn add_up(sensor: &str, readings: u64) -> ThreadId {
    println!("{sensor}: started");
    let sum: u64 = (1..=readings).map(|reading| reading % 40).sum();
    println!("{sensor}: sum {sum}");
    thread::current().id()
}

#[tokio::main]
async fn main() {
    let (temperature_thread, humidity_thread) = tokio::join!(
        add_up("Temperature", 1_000_000),
        add_up("Humidity", 1_000_000),
    );
    assert_eq!(temperature_thread, humidity_thread);
}
