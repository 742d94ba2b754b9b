//! Two tasks are asked to stop; they finish what they do and clean up.

use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

async fn record(name: &'static str, pause: u64, stop: CancellationToken) {
    let mut saved = 0;
    let pause = Duration::from_millis(pause);
    while stop.run_until_cancelled(sleep(pause)).await.is_some() {
        sleep(Duration::from_millis(100)).await; // saving a reading
        saved += 1;
    }
    sleep(Duration::from_millis(100)).await; // saying goodbye
    println!("{name}: {saved} saved, connection closed");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(record("Attic", 500, stop.clone()));
    tasks.spawn(record("Cellar", 100, stop.clone()));
    sleep(Duration::from_millis(350)).await;

    println!("Stopping after {:?}", start.elapsed());
    stop.cancel();
    tasks.close();
    tasks.wait().await;
    println!("All stopped after {:?}", start.elapsed());
}
