//! smol polls the future, in the context of a Tokio runtime.

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

    println!("Fetching");
    let celsius = smol::block_on(fetch_temperature());
    println!("{celsius} °C");
    Ok(())
}
// ANCHOR_END: main
