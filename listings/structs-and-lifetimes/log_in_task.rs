//! A method spawns a task that owns the logger and the line.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

struct Logger {
    lines: AtomicU32,
}

// ANCHOR: arc
impl Logger {
    async fn log(&self, line: &str) {
        let number = self.lines.fetch_add(1, Relaxed) + 1;
        println!("{number}: {line}");
        sleep(Duration::from_millis(100)).await; // the disk
    }

    fn log_in_task(self: Arc<Self>, line: String) -> JoinHandle<()> {
        tokio::spawn(async move { self.log(&line).await })
    }
}

#[tokio::main]
async fn main() {
    let lines = AtomicU32::new(0);
    let logger = Arc::new(Logger { lines });
    let task = logger.clone().log_in_task("3 mm of rain".to_string());
    task.await.expect("the task does not panic");
    println!("{} line", logger.lines.load(Relaxed));
}
// ANCHOR_END: arc
