//! A task for each of 1,000 sensors, all connected at once.

use std::collections::HashSet;
use std::io;
use std::thread::{self, ThreadId};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

// ANCHOR: server
/// Confirms the sensor's readings until it hangs up.
async fn serve(mut sensor: TcpStream) -> io::Result<ThreadId> {
    while sensor.read(&mut [0]).await? > 0 {
        sensor.write_all(b"noted").await?;
    }
    Ok(thread::current().id())
}

async fn accept(listener: TcpListener, count: usize) -> io::Result<()> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let (sensor, _) = listener.accept().await?;
        tasks.spawn(serve(sensor));
    }
    let mut ids = HashSet::new();
    while let Some(id) = tasks.join_next().await {
        ids.insert(id.expect("it does not panic")?);
    }
    println!("Threads that served them: {}", ids.len());
    Ok(())
}
// ANCHOR_END: server

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    rlimit::increase_nofile_limit(4_000)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(accept(listener, 1_000));

    let mut sensors = Vec::new();
    for _ in 0..1_000 {
        let mut sensor = TcpStream::connect(address).await?;
        sensor.write_all(&[21]).await?;
        sensor.read_exact(&mut [0; 5]).await?;
        sensors.push(sensor);
    }
    println!("Connected and confirmed: {}", sensors.len());
    drop(sensors);
    server.await.expect("it does not panic")
}
