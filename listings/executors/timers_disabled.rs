//! A sleep on a runtime that was built without timers.

use std::io;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

async fn read_gauge() -> u32 {
    sleep(Duration::from_millis(100)).await;
    3
}

fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    println!("The runtime is built");
    let rain = runtime.block_on(read_gauge());
    println!("Rain: {rain} mm");
    Ok(())
}
