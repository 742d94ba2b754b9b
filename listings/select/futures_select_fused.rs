//! Each answer as it comes, from two futures that are fused and pinned.

use futures::FutureExt;
use smol::Timer;
use std::pin::pin;
use std::time::Duration;

async fn ask(delay: u64, celsius: f64) -> f64 {
    Timer::after(Duration::from_millis(delay)).await;
    celsius
}

// ANCHOR: main
fn main() {
    smol::block_on(async {
        let mut north = pin!(ask(500, 21.5).fuse());
        let mut south = pin!(ask(100, 22.0).fuse());
        loop {
            futures::select! {
                celsius = north => println!("North: {celsius} °C"),
                celsius = south => println!("South: {celsius} °C"),
                complete => break,
            }
        }
        println!("Both have answered");
    });
}
// ANCHOR_END: main
