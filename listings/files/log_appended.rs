//! Writing replaces what a file holds, and appending adds to it.

use std::{io, path::Path};

use tempfile::tempdir;
use tokio::fs::{self, OpenOptions};
use tokio::io::AsyncWriteExt;

async fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut log = options.create(true).append(true).open(path).await?;
    log.write_all(line.as_bytes()).await?;
    log.flush().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let folder = tempdir()?;
    let path = folder.path().join("log.txt");

    fs::write(&path, "20 degrees\n").await?;
    fs::write(&path, "21 degrees\n").await?;
    append(&path, "22 degrees\n").await?;
    append(&path, "23 degrees\n").await?;

    print!("{}", fs::read_to_string(&path).await?);
    Ok(())
}
