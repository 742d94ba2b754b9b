//! A time limit that is made once, before the loop.

use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn measure() -> f64 {
    sleep(Duration::from_millis(300)).await;
    21.5
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut limit = pin!(sleep(Duration::from_millis(450)));
    for _ in 1..=3 {
        tokio::select! {
            celsius = measure() => {
                println!("{celsius} °C after {:?}", start.elapsed());
            }
            () = &mut limit => {
                println!("Time is up after {:?}", start.elapsed());
                break;
            }
        }
    }
}
// ANCHOR_END: main
