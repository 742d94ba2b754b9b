//! A list of two kinds of futures, each pinned in its box.

use std::future::Future;
use std::pin::Pin;

async fn read_pressure() -> String {
    "1013 hPa".to_string()
}

async fn read_rain() -> String {
    "3 mm".to_string()
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let mut readings: Vec<Pin<Box<dyn Future<Output = String>>>> = Vec::new();
    readings.push(Box::pin(read_pressure()));
    readings.push(Box::pin(read_rain()));

    for reading in readings {
        println!("{}", reading.await);
    }
}
// ANCHOR_END: main
