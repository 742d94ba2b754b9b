//! A blocking function stops because it looks at a token.

use std::thread;
use std::time::Duration;
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

fn add_up_year(token: CancellationToken) {
    for _day in 1..=365 {
        if token.is_cancelled() {
            println!("Calculation stopped");
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    println!("Calculation done");
}

async fn yearly_sum() -> Result<(), JoinError> {
    let token = CancellationToken::new();
    let _guard = token.clone().drop_guard();
    spawn_blocking(move || add_up_year(token)).await
}

#[tokio::main]
async fn main() {
    let limit = Duration::from_millis(100);
    if timeout(limit, yearly_sum()).await.is_err() {
        println!("Given up after {limit:?}");
    }
}
