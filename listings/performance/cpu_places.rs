//! The same jobs in five places: what they take, and how long others wait.

use std::collections::HashSet;
use std::hint::black_box;
use std::thread::{self, ThreadId, available_parallelism};
use std::time::{Duration, Instant};

use futures::future::join_all;
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

// ANCHOR: places
#[inline(never)] // the same code in all places
fn add_up(readings: u64) -> ThreadId {
    let sum: u64 = (0..readings).map(|n| black_box(n) % 40).sum();
    black_box(sum);
    thread::current().id()
}

/// Has one job done in some place. Returns the thread that did it.
async fn job(place: &str, n: u64) -> ThreadId {
    let (sender, receiver) = oneshot::channel();
    let send = move || sender.send(add_up(n)).expect("it is awaited");
    match place {
        "join_all" => return add_up(n),
        "tasks" => _ = tokio::spawn(async move { send() }),
        "threads" => _ = thread::spawn(send),
        "spawn_blocking" => _ = spawn_blocking(send),
        "rayon" => rayon::spawn(send),
        _ => panic!("{place} is not a place"),
    }
    receiver.await.expect("the job does not panic")
}
// ANCHOR_END: places

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

/// Twice as many jobs as cores. Returns on how many threads they ran, and the
/// processor time that they took, in ms.
async fn all_jobs(place: &'static str, n: u64) -> (usize, u64) {
    let (before, begin) = (processor_time(), Instant::now());
    let threads = join_all((0..2 * cores()).map(|_| job(place, n))).await;
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    let processor_time = processor_time() - before;
    println!("{place}, done in: {millis:.2} ms");
    println!("{place}, processor time: {processor_time} ms");
    let threads: HashSet<_> = threads.into_iter().collect();
    (threads.len(), processor_time)
}

fn cores() -> usize {
    available_parallelism().map_or(2, |n| n.get().max(2))
}

// ANCHOR: neighbor
/// Starts the jobs, and sleeps for 1 ms again and again until they are done.
async fn neighbor(place: &'static str, n: u64) -> (usize, u64, Duration) {
    let jobs = tokio::spawn(all_jobs(place, n));
    let mut longest = Duration::ZERO;
    while !jobs.is_finished() {
        let begin = Instant::now();
        sleep(Duration::from_millis(1)).await;
        longest = longest.max(begin.elapsed());
    }
    let (threads, processor_time) = jobs.await.expect("no job panics");
    let millis = longest.as_secs_f64() * 1e3;
    println!("{place}, neighbor waited: {millis:.2} ms");
    (threads, processor_time, longest)
}
// ANCHOR_END: neighbor

fn main() {
    let n = std::env::args().nth(1);
    let n = n.map_or(2_000_000, |n| n.parse().expect("a number"));
    let mut builder = Builder::new_multi_thread();
    let builder = builder.worker_threads(cores()).enable_time();
    let runtime = builder.build().expect("the system can start the threads");
    let places = ["join_all", "tasks", "threads", "spawn_blocking", "rayon"];
    let costs = places.map(|place| {
        let neighbor = runtime.spawn(neighbor(place, n));
        runtime.block_on(neighbor).expect("it does not panic")
    });

    let threads = costs.map(|(threads, ..)| threads);
    println!("join_all, on one thread: {}", threads[0] == 1);
    let several = threads[1..].iter().all(|&threads| threads > 1);
    println!("All others, on several: {several}");
    let times = costs.map(|(_, processor_time, _)| processor_time);
    let least = times.into_iter().min().expect("there are five");
    let alike = times.iter().all(|&time| time < 3 * least + 20); // ± 10 ms
    println!("Processor time, within a factor of 3: {alike}");
    let mut waits = costs.map(|(.., longest)| longest);
    let beside_tasks = waits[1];
    waits.sort();
    let longest = waits[4] == beside_tasks;
    println!("The neighbor waits longest beside tasks: {longest}");
}
