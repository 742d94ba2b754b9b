//! The same write with a flush, which reports the error.

use std::io;

use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt;

#[tokio::main]
async fn main() -> io::Result<()> {
    // ANCHOR: flush
    let mut log = OpenOptions::new().append(true).open("/dev/full").await?;
    log.write_all(b"21 degrees\n").await?;
    log.flush().await?;
    println!("Reading saved");
    Ok(())
    // ANCHOR_END: flush
}
