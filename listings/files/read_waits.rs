//! A file read waits until a thread is free.

use std::{io, thread, time::Duration};

use tempfile::tempdir;
use tokio::fs;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn read_rain_gauge() {
    thread::sleep(Duration::from_millis(400)); // waits for the gauge
    println!("Rain gauge answered");
}

fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()?;

    runtime.block_on(async {
        let folder = tempdir()?;
        let path = folder.path().join("reading.txt");
        fs::write(&path, "21 degrees").await?;

        let gauge = spawn_blocking(read_rain_gauge);
        println!("Read from the file: {}", fs::read_to_string(&path).await?);
        Ok(gauge.await?)
    })
}
