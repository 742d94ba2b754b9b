//! The processor time of starting threads, and of starting as many tasks.

use std::thread;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

/// The processor time that this process has used, in ms.
fn processor_time() -> u64 {
    let this = get_current_pid().expect("a process has an id");
    let mut system = System::new().expect("sysinfo knows this system");
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[this]),
        false,
        ProcessRefreshKind::nothing().with_cpu().without_tasks(),
    );
    let process = system.process(this).expect("it is this process");
    process.accumulated_cpu_time()
}

#[tokio::main]
async fn main() {
    let wanted = std::env::args().nth(1);
    let wanted = wanted.map_or(2000, |n| n.parse().expect("a number"));

    let before = processor_time();
    let start = |_| thread::spawn(|| ());
    let handles: Vec<_> = (0..wanted).map(start).collect();
    for handle in handles {
        handle.join().expect("the thread does not panic");
    }
    let threads = processor_time() - before;

    let before = processor_time();
    let start = |_| tokio::spawn(async {});
    let handles: Vec<_> = (0..wanted).map(start).collect();
    for handle in handles {
        handle.await.expect("the task does not panic");
    }
    let tasks = processor_time() - before;

    println!("threads, processor time: {threads} ms");
    println!("tasks, processor time: {tasks} ms");
    println!("Tasks, under a third of that: {}", tasks < threads / 3);
}
