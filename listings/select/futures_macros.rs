//! `join!` and `select!` of the crate `futures`, on smol.

use futures::FutureExt;
use smol::Timer;
use std::time::Duration;

async fn ask(delay: u64, celsius: f64) -> f64 {
    Timer::after(Duration::from_millis(delay)).await;
    celsius
}

fn main() {
    smol::block_on(async {
        let (north, south) = futures::join!(ask(200, 21.5), ask(100, 22.0));
        println!("North {north} °C, South {south} °C");

        futures::select! {
            north = ask(500, 21.5).fuse() => println!("North: {north} °C"),
            south = ask(100, 22.0).fuse() => println!("South: {south} °C"),
        }
    });
}
