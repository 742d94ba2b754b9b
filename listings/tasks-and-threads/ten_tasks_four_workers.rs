//! Ten tasks of 100 ms each, on a runtime with four worker threads.

use std::collections::HashSet;
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::time::sleep;

async fn read_sensor() -> ThreadId {
    sleep(Duration::from_millis(100)).await;
    thread::current().id()
}

#[tokio::main(worker_threads = 4)]
async fn main() {
    let mut handles = Vec::new();
    for _ in 0..10 {
        handles.push(tokio::spawn(read_sensor()));
    }

    let mut threads = HashSet::new();
    for handle in handles {
        threads.insert(handle.await.expect("the task does not panic"));
    }
    println!("10 answers, at most 4 threads: {}", threads.len() <= 4);
}
