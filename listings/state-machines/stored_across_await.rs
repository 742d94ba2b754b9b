//! Which use of a local array makes a future store it.

use std::future::Future;

async fn save(total: u32) {
    println!("Saved {total}");
}

async fn used_before() {
    let samples = [3_u32; 4096]; // 16 KiB
    let first = samples[0];
    save(first).await;
}

async fn used_after() {
    let samples = [3_u32; 4096];
    save(0).await;
    let first = samples[0];
    save(first).await;
}

async fn borrowed_before() {
    let samples = [3_u32; 4096];
    let total = samples.iter().sum();
    save(total).await;
}

fn print_size(name: &str, future: impl Future) {
    println!("{name}: {} KiB", size_of_val(&future) / 1024);
}

fn main() {
    print_size("used_before", used_before());
    print_size("used_after", used_after());
    print_size("borrowed_before", borrowed_before());
}
