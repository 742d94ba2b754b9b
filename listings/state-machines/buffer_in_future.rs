//! The sizes of two futures whose functions differ in a pair of braces.

use std::time::Duration;

use tokio::time::sleep;

async fn save(total: u32) {
    sleep(Duration::from_millis(100)).await;
    println!("Saved {total}");
}

async fn log_rainfall() {
    let samples = [3_u32; 4096]; // 16 KiB
    let total = samples.iter().sum();
    save(total).await;
}

async fn log_rainfall_braced() {
    let total = {
        let samples = [3_u32; 4096];
        samples.iter().sum()
    };
    save(total).await;
}

fn main() {
    println!("Plain: {} KiB", size_of_val(&log_rainfall()) / 1024);
    println!("Braced: {} KiB", size_of_val(&log_rainfall_braced()) / 1024);
}
