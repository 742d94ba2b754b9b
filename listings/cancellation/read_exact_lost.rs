//! A `select!` loop that begins `read_exact` again loses half a reading.

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

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (sensor, mut wire) = duplex(64);
    tokio::spawn(send_readings(sensor));
    let mut beat = interval(Duration::from_millis(700));
    loop {
        let mut reading = [0; 4];
        tokio::select! {
            read = wire.read_exact(&mut reading) => match read {
                Ok(_) => println!("{}", String::from_utf8_lossy(&reading)),
                Err(error) => {
                    println!("End: {error}");
                    break;
                }
            },
            _ = beat.tick() => println!("Still listening"),
        }
    }
}
