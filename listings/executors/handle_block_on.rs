//! Async code calls a blocking function, which calls async code.

use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

fn read_over_serial_line() -> u32 {
    thread::sleep(Duration::from_millis(100));
    3
}

async fn save(rain: u32) {
    sleep(Duration::from_millis(100)).await;
    println!("Saved: {rain} mm");
}

fn log_reading(handle: &Handle) {
    let rain = read_over_serial_line();
    println!("Read: {rain} mm");
    handle.block_on(save(rain));
}

#[tokio::main]
async fn main() {
    let handle = Handle::current();
    let logging = spawn_blocking(move || log_reading(&handle));
    logging.await.expect("log_reading does not panic");
}
