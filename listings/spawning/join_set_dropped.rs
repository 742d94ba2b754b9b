//! A function returns with the first answer, and its `JoinSet` aborts the other.

use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

struct Connection(&'static str);

impl Drop for Connection {
    fn drop(&mut self) {
        println!("{}: connection closed", self.0);
    }
}

async fn ask(archive: Connection, delay: u64) -> &'static str {
    sleep(Duration::from_millis(delay)).await;
    println!("{}: answered", archive.0);
    archive.0
}

async fn fastest_archive() -> &'static str {
    let mut tasks = JoinSet::new();
    for (name, delay) in [("Oslo", 300), ("Bergen", 100)] {
        tasks.spawn(ask(Connection(name), delay));
    }
    let first = tasks.join_next().await.expect("the set is not empty");
    first.expect("the task does not panic")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let archive = fastest_archive().await;
    println!("Saving in {archive}");
    sleep(Duration::from_millis(300)).await;
    println!("Saved");
}
