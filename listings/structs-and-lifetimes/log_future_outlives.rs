//! The future borrows the logger too, and cannot outlive it.

use std::time::Duration;
use tokio::time::sleep;

struct Logger {
    station: String,
}

impl Logger {
    async fn log<'a>(&self, line: &'a str) -> &'a str {
        let logged = line.trim();
        sleep(Duration::from_millis(100)).await; // the disk
        println!("{}: {logged}", self.station);
        logged
    }
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let line = String::from("  Storm at noon \n");
    let logging;
    {
        let station = "Oslo".to_string();
        let logger = Logger { station };
        logging = logger.log(&line);
    }
    println!("Logged: {}", logging.await);
}
// ANCHOR_END: main
