//! With `use<>`, the future captures no lifetime, and borrows nothing.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

struct Logger {
    lines: AtomicU32,
}

// ANCHOR: log
impl Logger {
    fn log_in_order(&self, line: String) -> impl Future<Output = ()> + use<> {
        let number = self.lines.fetch_add(1, Relaxed) + 1;
        async move { println!("{number}: {line}") }
    }
}
// ANCHOR_END: log

#[tokio::main]
async fn main() {
    let lines = AtomicU32::new(0);
    let logger = Logger { lines };
    let rain = logger.log_in_order("3 mm of rain".to_string());
    let task = tokio::spawn(rain);
    task.await.expect("the task does not panic");
    println!("{} line", logger.lines.load(Relaxed));
}
