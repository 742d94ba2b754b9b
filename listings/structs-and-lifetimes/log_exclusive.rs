//! The futures of two `&mut self` calls cannot exist at the same time.

use std::time::Duration;
use tokio::time::sleep;

struct Logger {
    lines: u32,
}

impl Logger {
    async fn log(&mut self, line: &str) {
        self.lines += 1;
        println!("{}: {line}", self.lines);
        sleep(Duration::from_millis(100)).await; // the disk
    }
}

#[tokio::main]
async fn main() {
    let mut logger = Logger { lines: 0 };
    let rain = logger.log("3 mm of rain");
    let wind = logger.log("Wind from the west");
    tokio::join!(rain, wind);
    println!("{} lines", logger.lines);
}
