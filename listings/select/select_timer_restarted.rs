//! A time limit that is made anew in each turn of the loop.

use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn measure() -> f64 {
    sleep(Duration::from_millis(300)).await;
    21.5
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    for _ in 1..=3 {
        tokio::select! {
            celsius = measure() => {
                println!("{celsius} °C after {:?}", start.elapsed());
            }
            () = sleep(Duration::from_millis(450)) => {
                println!("Time is up after {:?}", start.elapsed());
                break;
            }
        }
    }
}
