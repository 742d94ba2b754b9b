//! Each answer as it comes, from two futures with names: refused.

use smol::Timer;
use std::time::Duration;

async fn ask(delay: u64, celsius: f64) -> f64 {
    Timer::after(Duration::from_millis(delay)).await;
    celsius
}

fn main() {
    smol::block_on(async {
        let mut north = ask(500, 21.5);
        let mut south = ask(100, 22.0);
        loop {
            futures::select! {
                celsius = north => println!("North: {celsius} °C"),
                celsius = south => println!("South: {celsius} °C"),
                complete => break,
            }
        }
    });
}
