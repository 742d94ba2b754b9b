//! The returned `&str` is a part of the line, and outlives the logger.

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

#[tokio::main]
async fn main() {
    let line = String::from("  Storm at noon \n");
    let logged;
    {
        let station = "Oslo".to_string();
        let logger = Logger { station };
        logged = logger.log(&line).await;
    }
    println!("Logged: {logged}");
}
