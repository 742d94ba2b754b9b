//! The compiler refuses an `.await` in a function that is not async.

use std::time::Duration;
use tokio::time::sleep;

async fn read_gauge(place: &str) -> u32 {
    sleep(Duration::from_millis(100)).await;
    if place == "roof" { 3 } else { 4 }
}

fn print_rainfall(place: &str) {
    let millimeters = read_gauge(place).await;
    println!("{place}: {millimeters} mm");
}

fn main() {
    print_rainfall("roof");
    print_rainfall("garden");
}
