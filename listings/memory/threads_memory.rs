//! The memory of a process with a thousand waiting threads.

use std::sync::{RwLock, mpsc};
use std::thread;
use std::time::Duration;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

static GATE: RwLock<()> = RwLock::new(());

// ANCHOR: memory
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
// ANCHOR_END: memory

// ANCHOR: main
fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().map(|n| n.parse().expect("a number"));
    let wanted = next().unwrap_or(1000);
    let seconds = next().unwrap_or(0);

    let (virtual_before, resident_before) = memory();
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
    let threads = arrivals.iter().take(handles.len()).count();

    let (virtual_all, resident_all) = memory();
    let virtual_each = (virtual_all - virtual_before) / threads as f64;
    let resident_each = (resident_all - resident_before) / threads as f64;
    println!("threads: {threads}");
    println!("virtual: {virtual_all:.0} KiB");
    println!("resident: {resident_all:.0} KiB");
    println!("virtual, each: {virtual_each:.2} KiB");
    println!("resident, each: {resident_each:.2} KiB");
    println!("Virtual, over 2 MiB each: {}", virtual_each > 2048.0);
    println!("Resident, under 40 KiB each: {}", resident_each < 40.0);
    println!("Resident, over 4 KiB each: {}", resident_each > 4.0);

    thread::sleep(Duration::from_secs(seconds)); // for a look from outside
    drop(closed);
    for handle in handles {
        handle.join().expect("the thread does not panic");
    }
}
// ANCHOR_END: main
