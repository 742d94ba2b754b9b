//! What a deep call leaves behind, in threads and in tasks.

use std::hint::black_box;
use std::sync::{Arc, Barrier};
use std::thread;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

/// The resident memory of this process, in KiB.
fn resident() -> f64 {
    let this = get_current_pid().expect("a process has an id");
    let mut system = System::new().expect("sysinfo knows this system");
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[this]),
        false,
        ProcessRefreshKind::nothing().with_memory().without_tasks(),
    );
    let process = system.process(this).expect("it is this process");
    process.memory() as f64 / 1024.0
}

// ANCHOR: threads
/// Uses 256 KiB of the stack, and is done with them when it returns.
fn correct_samples() {
    let mut samples = [3_u32; 65_536];
    black_box(&mut samples);
}

fn hundred_threads() -> f64 {
    let before = resident();
    let all = Barrier::new(101); // the last one is main
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| {
                correct_samples();
                all.wait(); // until all have come here
                all.wait(); // until main has measured
            });
        }
        all.wait();
        let added = resident() - before;
        all.wait();
        added
    })
}
// ANCHOR_END: threads

// ANCHOR: tasks
async fn hundred_tasks() -> f64 {
    let before = resident();
    let all = Arc::new(tokio::sync::Barrier::new(101));
    for _ in 0..100 {
        let all = all.clone();
        tokio::spawn(async move {
            correct_samples();
            all.wait().await;
            all.wait().await;
        });
    }
    all.wait().await;
    let added = resident() - before;
    all.wait().await;
    added
}
// ANCHOR_END: tasks

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = hundred_tasks().await / 100.0;
    let thread = hundred_threads() / 100.0;
    println!("thread, resident: {thread:.2} KiB");
    println!("task, resident: {task:.2} KiB");
    println!("The thread keeps most of the 256 KiB: {}", thread > 128.0);
    println!("The task keeps under a tenth of that: {}", task < 25.6);
}
