//! In edition 2024, the future borrows a logger that it does not use.
//! Edition: 2024

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

struct Logger {
    lines: AtomicU32,
}

impl Logger {
    fn log_in_order(&self, line: String) -> impl Future<Output = ()> {
        let number = self.lines.fetch_add(1, Relaxed) + 1;
        async move { println!("{number}: {line}") }
    }
}

#[tokio::main]
async fn main() {
    let lines = AtomicU32::new(0);
    let logger = Logger { lines };
    let rain = logger.log_in_order("3 mm of rain".to_string());
    let task = tokio::spawn(rain);
    task.await.expect("the task does not panic");
    println!("{} line", logger.lines.load(Relaxed));
}
