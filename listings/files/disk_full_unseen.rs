//! A write that fails, and a program that says it was saved.

use std::io;

use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt;

#[tokio::main]
async fn main() -> io::Result<()> {
    // On Linux, every write to this file fails as it would on a full disk.
    let mut log = OpenOptions::new().append(true).open("/dev/full").await?;
    log.write_all(b"21 degrees\n").await?;
    println!("Reading saved");
    Ok(())
}
