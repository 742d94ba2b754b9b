//! The memory of a process with ten thousand waiting tasks and one thread.

use std::time::Duration;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};
use tokio::sync::{RwLock, mpsc};

static GATE: RwLock<()> = RwLock::const_new(());

/// The virtual and the resident memory of this process, in KiB.
fn memory() -> (f64, f64) {
    let this = get_current_pid().expect("a process has an id");
    let mut system = System::new().expect("sysinfo knows this system");
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[this]),
        false,
        ProcessRefreshKind::nothing().with_memory().without_tasks(),
    );
    let process = system.process(this).expect("it is this process");
    let kib = |bytes| bytes as f64 / 1024.0;
    (kib(process.virtual_memory()), kib(process.memory()))
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().map(|n| n.parse().expect("a number"));
    let wanted = next().unwrap_or(10_000);
    let seconds = next().unwrap_or(0);

    let (virtual_before, resident_before) = memory();
    let closed = GATE.write().await;
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let start = |_| {
        let arrived = arrived.clone();
        tokio::spawn(async move {
            arrived.send(()).expect("main waits for it");
            drop(GATE.read().await); // suspends until the gate is open
        })
    };
    let handles: Vec<_> = (0..wanted).map(start).collect();
    for _ in 0..wanted {
        arrivals.recv().await.expect("main holds a sender");
    }
    let tasks = handles.len();

    let (virtual_all, resident_all) = memory();
    let virtual_each = (virtual_all - virtual_before) / tasks as f64;
    let resident_each = (resident_all - resident_before) / tasks as f64;
    println!("tasks: {tasks}");
    println!("virtual: {virtual_all:.0} KiB");
    println!("resident: {resident_all:.0} KiB");
    println!("virtual, each: {virtual_each:.2} KiB");
    println!("resident, each: {resident_each:.2} KiB");
    println!("Virtual, under 1 KiB each: {}", virtual_each < 1.0);
    println!("Resident, under 1 KiB each: {}", resident_each < 1.0);

    tokio::time::sleep(Duration::from_secs(seconds)).await;
    drop(closed);
    for handle in handles {
        handle.await.expect("the task does not panic");
    }
}
// ANCHOR_END: main
