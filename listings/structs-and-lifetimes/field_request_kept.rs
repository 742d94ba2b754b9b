//! A client keeps its request under way from one call to the next.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::{sleep, timeout};

async fn request_rain() -> u32 {
    println!("Request sent");
    sleep(Duration::from_millis(250)).await; // the network
    3
}

struct Client {
    under_way: Option<Pin<Box<dyn Future<Output = u32> + Send>>>,
}

impl Client {
    async fn rain(&mut self) -> u32 {
        let request = self
            .under_way
            .get_or_insert_with(|| Box::pin(request_rain()));
        let millimeters = request.await;
        self.under_way = None;
        millimeters
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut client = Client { under_way: None };
    loop {
        let limit = Duration::from_millis(100);
        match timeout(limit, client.rain()).await {
            Ok(millimeters) => break println!("{millimeters} mm"),
            Err(_) => println!("No answer yet"),
        }
    }
}
