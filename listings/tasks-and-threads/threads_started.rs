//! The threads that a runtime starts for a thousand tasks.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

fn threads_started(mut flavor: Builder) -> usize {
    let counter = Arc::new(AtomicUsize::new(0));
    let started = counter.clone();
    let runtime = flavor
        .enable_time()
        .on_thread_start(move || _ = counter.fetch_add(1, Ordering::Relaxed))
        .build()
        .expect("the system can start the threads");

    runtime.block_on(async {
        let mut handles = Vec::new();
        for _ in 0..1000 {
            handles.push(tokio::spawn(sleep(Duration::from_millis(100))));
        }
        for handle in handles {
            handle.await.expect("the task does not panic");
        }
    });
    drop(runtime); // waits for its threads to end
    started.load(Ordering::Relaxed)
}

fn main() {
    let mut four_workers = Builder::new_multi_thread();
    four_workers.worker_threads(4);
    println!("multi_thread: {}", threads_started(four_workers));

    let current_thread = Builder::new_current_thread();
    println!("current_thread: {}", threads_started(current_thread));
}
