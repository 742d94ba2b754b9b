//! A thread for each sensor, all of them waiting at the same time.

use std::sync::{RwLock, mpsc};
use std::thread::Builder;
use std::time::Instant;

static GATE: RwLock<()> = RwLock::new(());

fn main() {
    let wanted = std::env::args().nth(1);
    let wanted = wanted.map_or(1000, |n| n.parse().expect("a number"));
    let (arrived, arrivals) = mpsc::channel();
    let mut handles = Vec::new();

    let begin = Instant::now();
    let closed = GATE.write(); // until it is dropped
    while handles.len() < wanted {
        let arrived = arrived.clone();
        let spawned = Builder::new().spawn(move || {
            arrived.send(()).expect("main waits for it");
            drop(GATE.read()); // blocks until the gate is open
        });
        match spawned {
            Ok(handle) => handles.push(handle),
            Err(error) => {
                println!("Refused: {error}");
                break;
            }
        }
    }
    let waiting = arrivals.iter().take(handles.len()).count();
    println!("threads: {waiting}");
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    println!("started in: {millis:.2} ms");

    drop(closed);
    for handle in handles {
        handle.join().expect("the thread does not panic");
    }
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    println!("started and joined in: {millis:.2} ms");
    let micros_each = millis * 1e3 / waiting as f64;
    println!("started and joined, each: {micros_each:.2} µs");
}
