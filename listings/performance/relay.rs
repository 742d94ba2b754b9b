//! A count handed along a line of threads, and along a line of tasks.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::sync::mpsc::unbounded_channel;

// ANCHOR: threads
fn along_threads(wanted: u32) -> Duration {
    let (first, mut last) = mpsc::channel();
    for _ in 0..wanted {
        let (next, receiver) = mpsc::channel();
        let previous = std::mem::replace(&mut last, receiver);
        thread::spawn(move || {
            while let Ok(count) = previous.recv() {
                next.send(count + 1).expect("the next one receives");
            }
        });
    }
    quickest(|| {
        first.send(0).expect("the first one receives");
        assert_eq!(last.recv(), Ok(wanted));
    }) / wanted
}
// ANCHOR_END: threads

fn along_tasks(wanted: u32) -> Duration {
    let runtime = Runtime::new().expect("the system can start the threads");
    let (first, mut last) = unbounded_channel();
    for _ in 0..wanted {
        let (next, receiver) = unbounded_channel();
        let mut previous = std::mem::replace(&mut last, receiver);
        runtime.spawn(async move {
            while let Some(count) = previous.recv().await {
                next.send(count + 1).expect("the next one receives");
            }
        });
    }
    quickest(|| {
        first.send(0).expect("the first one receives");
        assert_eq!(last.blocking_recv(), Some(wanted));
    }) / wanted
}

/// The quickest of twenty laps.
fn quickest(mut lap: impl FnMut()) -> Duration {
    let laps = (0..20).map(|_| {
        let begin = Instant::now();
        lap();
        begin.elapsed()
    });
    laps.min().expect("there are twenty")
}

fn main() {
    let wanted = std::env::args().nth(1);
    let wanted = wanted.map_or(100, |n| n.parse().expect("a number"));
    let task = along_tasks(wanted);
    let thread = along_threads(wanted);
    println!("thread, handed on in: {:.3} µs", thread.as_secs_f64() * 1e6);
    println!("task, handed on in: {:.3} µs", task.as_secs_f64() * 1e6);
    println!("A task is quicker: {}", task < thread);
}
