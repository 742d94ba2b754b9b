//! A task that does not stop by the deadline is aborted.

use std::future::{Future, pending, ready};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

async fn record(name: &str, archive: impl Future, stop: CancellationToken) {
    stop.cancelled().await;
    archive.await;
    println!("{name}: goodbye");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(record("Attic", ready(()), stop.clone()));
    tasks.spawn(record("Cellar", pending::<()>(), stop.clone()));

    stop.cancel();
    let stopped = async { while tasks.join_next().await.is_some() {} };
    if timeout(Duration::from_secs(5), stopped).await.is_err() {
        println!("Still running: {}", tasks.len());
        tasks.shutdown().await;
    }
    println!("Exit, running: {}", tasks.len());
}
