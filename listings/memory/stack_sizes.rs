//! What a hundred threads add to a process, with stacks of several sizes.

use std::io;
use std::sync::Barrier;
use std::thread::Builder;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

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
static ALL: Barrier = Barrier::new(101); // main is the last one

/// What a thread with such a stack adds, virtual and resident, in KiB.
fn measure(stack_kib: usize) -> io::Result<(f64, f64)> {
    let (virtual_before, resident_before) = memory();
    let mut handles = Vec::new();
    for _ in 0..100 {
        let builder = Builder::new().stack_size(stack_kib * 1024);
        handles.push(builder.spawn(|| {
            ALL.wait(); // until all have started
            ALL.wait(); // until main has measured
        })?);
    }
    ALL.wait();
    let (virtual_all, resident_all) = memory();
    ALL.wait();
    for handle in handles {
        handle.join().expect("the thread does not panic");
    }
    Ok((
        (virtual_all - virtual_before) / 100.0,
        (resident_all - resident_before) / 100.0,
    ))
}

fn main() -> io::Result<()> {
    measure(32)?; // the first threads make the allocator reserve memory
    let (mut reserved, mut untouched) = (true, true);
    for stack_kib in [64, 2048, 16_384] {
        let (virtual_each, resident_each) = measure(stack_kib)?;
        println!("{stack_kib} KiB of stack, virtual: {virtual_each:.2} KiB");
        println!("{stack_kib} KiB of stack, resident: {resident_each:.2} KiB");
        reserved &= virtual_each >= stack_kib as f64;
        untouched &= resident_each < 40.0;
    }
    println!("Virtual, at least the stack: {reserved}");
    println!("Resident, under 40 KiB: {untouched}");
    if let Err(error) = measure(1 << 50) {
        println!("2^60 bytes of stack: {error}");
    }
    Ok(())
}
// ANCHOR_END: main
