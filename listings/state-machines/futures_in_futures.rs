//! The sizes of futures that await a future of 16 KiB.

use std::future::Future;
use std::time::Duration;

use tokio::time::sleep;

async fn log_rainfall() {
    let samples = [3_u32; 4096];
    sleep(Duration::from_millis(100)).await;
    println!("{} samples", samples.len());
}

async fn once() {
    log_rainfall().await;
}

async fn twice() {
    log_rainfall().await;
    log_rainfall().await;
}

async fn joined() {
    tokio::join!(log_rainfall(), log_rainfall());
}

async fn boxed() {
    Box::pin(log_rainfall()).await;
}

fn print_size(name: &str, future: impl Future) {
    println!("{name}: {} KiB", size_of_val(&future) / 1024);
}

fn main() {
    print_size("once", once());
    print_size("twice", twice());
    print_size("joined", joined());
    print_size("boxed", boxed());
}
