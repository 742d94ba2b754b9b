//! Five hundred small reads, one by one and in one closure.

use std::time::{Duration, Instant};
use std::{io, path::Path};

use tempfile::tempdir;
use tokio::task::spawn_blocking;

async fn one_by_one(path: &Path) -> io::Result<Duration> {
    let start = Instant::now();
    for _ in 0..500 {
        tokio::fs::read(path).await?;
    }
    Ok(start.elapsed())
}

async fn in_one_closure(path: &Path) -> io::Result<Duration> {
    let path = path.to_owned();
    let start = Instant::now();
    let reads = spawn_blocking(move || {
        for _ in 0..500 {
            std::fs::read(&path)?;
        }
        Ok(start.elapsed())
    });
    reads.await?
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let folder = tempdir()?;
    let path = folder.path().join("reading.txt");
    tokio::fs::write(&path, "21 degrees").await?;

    let slow = one_by_one(&path).await?;
    let fast = in_one_closure(&path).await?;
    println!("In less than half the time: {}", fast < slow / 2);
    Ok(())
}
