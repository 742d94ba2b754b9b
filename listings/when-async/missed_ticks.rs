//! A tick every 100 ms, after the second of which the loop is busy for 250 ms.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    use MissedTickBehavior::{Burst, Delay, Skip};
    for behavior in [Burst, Delay, Skip] {
        let start = Instant::now();
        let mut ticks = interval(Duration::from_millis(100));
        ticks.set_missed_tick_behavior(behavior);

        print!("{behavior:?}:");
        for number in 1..=6 {
            ticks.tick().await;
            print!(" {}", start.elapsed().as_millis());
            if number == 2 {
                sleep(Duration::from_millis(250)).await;
            }
        }
        println!();
    }
}
