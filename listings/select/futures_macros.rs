//! `join!` and `select!` of the crate `futures`, on smol.

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
        let (north, south) = futures::join!(ask(200, 21.5), ask(100, 22.0));
        println!("Joined: {north} °C and {south} °C");

        let mut north = pin!(ask(500, 21.5).fuse());
        let mut south = pin!(ask(100, 22.0).fuse());
        loop {
            futures::select! {
                celsius = north => println!("North: {celsius} °C"),
                celsius = south => println!("South: {celsius} °C"),
                complete => break,
            }
        }
    });
}
// ANCHOR_END: main
