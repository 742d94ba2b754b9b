//! A struct that is not a future is awaited.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;
use tokio::time::sleep;

struct RainfallQuery {
    days: u32,
}

impl IntoFuture for RainfallQuery {
    type Output = u32;
    type IntoFuture = Pin<Box<dyn Future<Output = u32> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            sleep(Duration::from_millis(100)).await;
            3 * self.days
        })
    }
}

#[tokio::main]
async fn main() {
    let query = RainfallQuery { days: 7 };
    println!("{} mm", query.await);
}
