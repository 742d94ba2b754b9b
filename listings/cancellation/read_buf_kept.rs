//! The same wire, read into a buffer that outlives the turns of the loop.

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{interval, sleep};

async fn send_readings(mut wire: DuplexStream) {
    for half in ["21", ".5", "19", ".0", "18", ".5"] {
        sleep(Duration::from_millis(200)).await;
        let sent = wire.write_all(half.as_bytes()).await;
        sent.expect("main keeps the other end");
    }
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let (sensor, mut wire) = duplex(64);
    tokio::spawn(send_readings(sensor));
    let mut beat = interval(Duration::from_millis(700));
    let mut buffer = Vec::new();
    loop {
        tokio::select! {
            read = wire.read_buf(&mut buffer) => if read? == 0 { break },
            _ = beat.tick() => println!("Still listening"),
        }
        while buffer.len() >= 4 {
            let reading: Vec<u8> = buffer.drain(..4).collect();
            println!("{}", String::from_utf8_lossy(&reading));
        }
    }
    println!("End, {} bytes left over", buffer.len());
    Ok(())
}
// ANCHOR_END: main
