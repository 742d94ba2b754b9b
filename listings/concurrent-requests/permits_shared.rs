//! Three forecasts share two permits, and the third waits for one.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn forecast(number: u32, limit: Arc<Semaphore>) {
    println!("Forecast {number} requested");
    let _permit = limit.acquire().await.expect("nobody closes it");
    println!("Forecast {number} started");
    sleep(Duration::from_millis(400)).await;
    println!("Forecast {number} done");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let limit = Arc::new(Semaphore::new(2));
    let mut forecasts = JoinSet::new();
    for number in 1..=3 {
        forecasts.spawn(forecast(number, Arc::clone(&limit)));
    }
    forecasts.join_all().await;
}
