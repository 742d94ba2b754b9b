//! The third pause and the limit end together: the branch polled first wins.

use std::time::Duration;
use tokio::time::sleep;

async fn measure(count: &mut u32) {
    loop {
        *count += 1;
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let limit = Duration::from_millis(300);
    let mut count = 0;
    tokio::select! {
        biased;
        () = measure(&mut count) => {}
        () = sleep(limit) => {}
    }
    println!("Measuring on top: {count}");

    let mut count = 0;
    tokio::select! {
        biased;
        () = sleep(limit) => {}
        () = measure(&mut count) => {}
    }
    println!("Limit on top: {count}");
}
