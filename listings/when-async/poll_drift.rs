//! Fetches of 30 ms each, by a sleep of 100 ms and by an interval.

use std::time::Duration;

use tokio::time::{Instant, interval, sleep};

/// Returns when it began.
async fn fetch(start: Instant) -> u128 {
    let began = start.elapsed().as_millis();
    sleep(Duration::from_millis(30)).await;
    began
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let period = Duration::from_millis(100);

    let start = Instant::now();
    print!("sleep:   ");
    for _ in 1..=5 {
        print!(" {}", fetch(start).await);
        sleep(period).await;
    }
    println!();

    let start = Instant::now();
    print!("interval:");
    let mut ticks = interval(period);
    for _ in 1..=5 {
        ticks.tick().await;
        print!(" {}", fetch(start).await);
    }
    println!();
}
