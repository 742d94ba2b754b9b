//! The same two calls, on a thread where blocking is allowed.

use std::io;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

async fn read_gauge() -> u32 {
    sleep(Duration::from_millis(100)).await;
    3
}

struct Gauge {
    runtime: Runtime,
}

impl Gauge {
    fn connect() -> io::Result<Gauge> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Gauge { runtime })
    }

    fn read(&self) -> u32 {
        self.runtime.block_on(read_gauge())
    }
}

// ANCHOR: main
fn read_once() -> io::Result<u32> {
    let gauge = Gauge::connect()?;
    println!("Connected");
    Ok(gauge.read())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let rain = spawn_blocking(read_once).await??;
    println!("Rain: {rain} mm");
    Ok(())
}
// ANCHOR_END: main
