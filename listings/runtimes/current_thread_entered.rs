//! The timer of a current-thread runtime that nobody runs never fires.

use smol::Timer;
use std::io;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::sleep;

async fn fetch_temperature() -> f64 {
    sleep(Duration::from_millis(100)).await;
    21.5
}

// ANCHOR: main
fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let _context = runtime.enter();

    let fetch = async { println!("{} °C", fetch_temperature().await) };
    let give_up = async {
        Timer::after(Duration::from_millis(300)).await;
        println!("No answer in 300 ms");
    };
    smol::block_on(smol::future::or(fetch, give_up));
    Ok(())
}
// ANCHOR_END: main
