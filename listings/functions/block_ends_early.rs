//! A `?` ends the async block that it is in, and `main` goes on.

use std::time::Duration;
use tokio::time::sleep;

async fn read_gauge(place: &str) -> Option<u32> {
    sleep(Duration::from_millis(100)).await;
    match place {
        "roof" => Some(3),
        "garden" => Some(4),
        _ => None,
    }
}

#[tokio::main]
async fn main() {
    let mut answers = 0;
    let total = async {
        let mut sum = 0;
        for place in ["roof", "cellar", "garden"] {
            sum += read_gauge(place).await?;
            answers += 1;
        }
        Some(sum)
    };
    println!("Total: {:?}", total.await);
    println!("Answers: {answers}");
}
