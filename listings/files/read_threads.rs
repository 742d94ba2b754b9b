//! The threads that a runtime has started after each of two reads.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tempfile::tempdir;
use tokio::runtime::Builder;

fn main() -> io::Result<()> {
    let folder = tempdir()?;
    let path = folder.path().join("reading.txt");
    std::fs::write(&path, "21 degrees")?;

    let threads = Arc::new(AtomicUsize::new(0));
    let counter = threads.clone();
    let runtime = Builder::new_current_thread()
        .on_thread_start(move || _ = counter.fetch_add(1, Relaxed))
        .build()?;

    runtime.block_on(async {
        let reading = std::fs::read_to_string(&path)?;
        println!("std: {reading}, {} threads", threads.load(Relaxed));

        let reading = tokio::fs::read_to_string(&path).await?;
        println!("Tokio: {reading}, {} thread", threads.load(Relaxed));
        Ok(())
    })
}
