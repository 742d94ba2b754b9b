//! A type that keeps a runtime to itself, used in async code.

use std::io;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

async fn read_gauge() -> u32 {
    sleep(Duration::from_millis(100)).await;
    3
}

// ANCHOR: gauge
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

#[tokio::main]
async fn main() -> io::Result<()> {
    let gauge = Gauge::connect()?;
    println!("Connected");
    println!("Rain: {} mm", gauge.read());
    Ok(())
}
// ANCHOR_END: gauge
