//! Two `&mut self` futures at once, each of a field of its own.

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

// ANCHOR: station
struct Station {
    rain: Logger,
    wind: Logger,
}

impl Station {
    async fn log_all(&mut self) {
        let rain = self.rain.log("3 mm of rain");
        let wind = self.wind.log("Wind from the west");
        tokio::join!(rain, wind);
    }
}
// ANCHOR_END: station

#[tokio::main]
async fn main() {
    let mut station = Station {
        rain: Logger { lines: 0 },
        wind: Logger { lines: 0 },
    };
    station.log_all().await;
}
