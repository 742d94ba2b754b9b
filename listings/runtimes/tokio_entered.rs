//! A Tokio runtime is entered on the main thread, and on no other.

use std::io;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::sleep;

async fn fetch_temperature() -> f64 {
    sleep(Duration::from_millis(100)).await;
    21.5
}

// ANCHOR: main
fn main() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let _context = runtime.enter();

    let celsius = smol::block_on(fetch_temperature());
    println!("On the main thread: {celsius} °C");

    let temperature = smol::spawn(fetch_temperature());
    let celsius = smol::block_on(temperature);
    println!("In a task: {celsius} °C");
    Ok(())
}
// ANCHOR_END: main
