//! What a thousand waiting threads take in the kernel, as Linux reports it.

use std::fs::read_to_string;
use std::sync::{RwLock, mpsc};
use std::thread;

static GATE: RwLock<()> = RwLock::new(());

// ANCHOR: main
/// The number of KiB in the line of `file` that begins with `name`.
fn kib(file: &str, name: &str) -> f64 {
    let text = read_to_string(file).expect("Linux has this file");
    let line = text.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.split_whitespace().nth(1));
    let value = value.expect("the file has such a line");
    value.parse().expect("the second word is a number")
}

fn main() {
    let stacks = || kib("/proc/meminfo", "KernelStack:"); // of all processes
    let tables = || kib("/proc/self/status", "VmPTE:");
    let wanted = std::env::args().nth(1);
    let wanted = wanted.map_or(1000, |n| n.parse().expect("a number"));

    let (stacks_before, tables_before) = (stacks(), tables());
    let closed = GATE.write();
    let (arrived, arrivals) = mpsc::channel();
    let start = |_| {
        let arrived = arrived.clone();
        thread::spawn(move || {
            arrived.send(()).expect("main waits for it");
            drop(GATE.read()); // blocks until the gate is open
        })
    };
    let handles: Vec<_> = (0..wanted).map(start).collect();
    let threads = arrivals.iter().take(wanted).count();

    let stacks_each = (stacks() - stacks_before) / threads as f64;
    let tables_each = (tables() - tables_before) / threads as f64;
    println!("threads: {threads}");
    println!("kernel stacks, each: {stacks_each:.2} KiB");
    println!("page tables, each: {tables_each:.2} KiB");
    drop(closed);
    for handle in handles {
        handle.join().expect("the thread does not panic");
    }
}
// ANCHOR_END: main
