//! With one of them spawned, two calculations are under way at once.

use std::sync::{Arc, Barrier};
use std::thread::{self, ThreadId};

async fn add_up(sensor: &str, readings: u64, both: Arc<Barrier>) -> ThreadId {
    println!("{sensor}: started");
    both.wait(); // blocks this thread until both calculations have started
    let sum: u64 = (1..=readings).map(|reading| reading % 40).sum();
    println!("{sensor}: sum {sum}");
    thread::current().id()
}

#[tokio::main]
async fn main() {
    let both = Arc::new(Barrier::new(2));
    let (temperature_thread, humidity_thread) = tokio::join!(
        tokio::spawn(add_up("Temperature", 1_000_000, both.clone())),
        add_up("Humidity", 1_000_000, both),
    );
    let temperature_thread = temperature_thread.expect("it does not panic");
    assert_ne!(temperature_thread, humidity_thread);
}
