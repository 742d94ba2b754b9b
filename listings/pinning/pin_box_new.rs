//! A list of two kinds of futures, each in a box that is not pinned: refused.

use std::future::Future;

async fn read_pressure() -> String {
    "1013 hPa".to_string()
}

async fn read_rain() -> String {
    "3 mm".to_string()
}

#[tokio::main]
async fn main() {
    let mut readings: Vec<Box<dyn Future<Output = String>>> = Vec::new();
    readings.push(Box::new(read_pressure()));
    readings.push(Box::new(read_rain()));

    for reading in readings {
        println!("{}", reading.await);
    }
}
