//! Two futures share one logger, because the method takes `&self`.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::sleep;

struct Logger {
    lines: AtomicU32,
}

impl Logger {
    async fn log(&self, line: &str) {
        let number = self.lines.fetch_add(1, Relaxed) + 1;
        println!("{number}: {line}");
        sleep(Duration::from_millis(100)).await; // the disk
    }
}

#[tokio::main]
async fn main() {
    let lines = AtomicU32::new(0);
    let logger = Logger { lines };
    let rain = logger.log("3 mm of rain");
    let wind = logger.log("Wind from the west");
    tokio::join!(rain, wind);
    println!("{} lines", logger.lines.load(Relaxed));
}
