//! Three ways to upload a reading, each canceled at both of its awaits.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{sleep, timeout};

const STEP: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
struct Readings {
    waiting: u32,
    archived: u32,
}

type Station = Arc<Mutex<Readings>>;

// ANCHOR: uploads
async fn taken_first(station: Station) {
    station.lock().expect("not poisoned").waiting -= 1;
    sleep(STEP).await; // the reading goes out
    sleep(STEP).await; // the archive's answer comes in
    station.lock().expect("not poisoned").archived += 1;
}

async fn taken_last(station: Station) {
    sleep(STEP).await;
    sleep(STEP).await;
    let mut readings = station.lock().expect("not poisoned");
    readings.waiting -= 1;
    readings.archived += 1;
}

async fn in_a_task(station: Station) {
    let task = tokio::spawn(taken_first(station));
    task.await.expect("the task does not panic");
}
// ANCHOR_END: uploads

// ANCHOR: cancel
async fn cancel(name: &str, upload: impl AsyncFn(Station)) {
    for limit in [50, 150].map(Duration::from_millis) {
        let station = Station::default();
        station.lock().expect("not poisoned").waiting = 1;
        assert!(timeout(limit, upload(station.clone())).await.is_err());
        sleep(STEP * 2).await; // other work
        let readings = station.lock().expect("not poisoned");
        println!("{name}, canceled after {limit:?}: {readings:?}");
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    cancel("Taken first", taken_first).await;
    cancel("Taken last", taken_last).await;
    cancel("In a task", in_a_task).await;
}
// ANCHOR_END: cancel
