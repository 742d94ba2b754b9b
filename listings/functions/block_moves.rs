//! With `move`, the block owns its variable and can be returned.

use std::future::Future;
use std::time::Duration;
use tokio::time::sleep;

fn ask_gauge(place: String) -> impl Future<Output = String> {
    println!("Asked: {place}");
    async move {
        sleep(Duration::from_millis(100)).await;
        format!("{place}: 3 mm")
    }
}

#[tokio::main]
async fn main() {
    let answer = ask_gauge("roof".to_string());
    println!("Called");
    println!("{}", answer.await);
}
