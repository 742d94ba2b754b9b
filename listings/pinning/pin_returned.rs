//! A suspended reading, pinned in a box, is returned and then finished.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

async fn read_pressure() -> u32 {
    sleep(Duration::from_millis(200)).await;
    1013
}

// ANCHOR: resumed
async fn try_pressure() -> Result<u32, impl Future<Output = u32>> {
    let mut reading = Box::pin(read_pressure());
    let limit = Duration::from_millis(100);
    match timeout(limit, &mut reading).await {
        Ok(hpa) => Ok(hpa),
        Err(_) => Err(reading),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    match try_pressure().await {
        Ok(hpa) => println!("{hpa} hPa"),
        Err(rest) => println!("{} hPa, but late", rest.await),
    }
    println!("Done after {:?}", start.elapsed());
}
// ANCHOR_END: resumed
