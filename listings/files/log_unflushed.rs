//! What is in the file after `write_all`, and after `flush`.

use std::{io, sync::mpsc};

use tempfile::tempdir;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()?;

    runtime.block_on(async {
        let folder = tempdir()?;
        let path = folder.path().join("log.txt");
        let mut log = File::create(&path).await?;

        // Keeps the only thread of the pool busy until `hold` is dropped.
        let (hold, held) = mpsc::channel::<()>();
        let gauge = spawn_blocking(move || _ = held.recv());
        log.write_all(b"21 degrees\n").await?;
        // Tokio's own `metadata` would have to wait for the thread as well.
        println!("Written: {} bytes", std::fs::metadata(&path)?.len());

        drop(hold);
        log.flush().await?;
        println!("Flushed: {} bytes", std::fs::metadata(&path)?.len());
        Ok(gauge.await?)
    })
}
