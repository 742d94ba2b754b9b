//! Three attempts to cancel a calculation that has no `.await`.

use std::thread;
use std::time::Duration;
use tokio::sync::oneshot::{Sender, channel};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

fn add_up_year(begun: Sender<()>) -> &'static str {
    begun.send(()).expect("main keeps the receiver");
    thread::sleep(Duration::from_millis(200)); // a long calculation
    "done"
}

#[tokio::main]
async fn main() {
    let limit = Duration::from_millis(100);
    let (begun, _running) = channel();
    let end = timeout(limit, async { add_up_year(begun) }).await;
    println!("Limit of {limit:?}: {end:?}");

    let (begun, running) = channel();
    let task = tokio::spawn(async { add_up_year(begun) });
    running.await.expect("the task has begun");
    task.abort();
    println!("Aborted: {:?}", task.await);

    let (begun, running) = channel();
    let task = spawn_blocking(|| add_up_year(begun));
    running.await.expect("the function has begun");
    task.abort();
    println!("Aborted, on a thread of its own: {:?}", task.await);
}
