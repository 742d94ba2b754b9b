//! The trait promises a `Send` future, and `async fn` keeps the promise.
#![deny(async_fn_in_trait)]

use std::future::Future;
use tokio::task::JoinHandle;

pub trait Fetcher {
    fn fetch(&self) -> impl Future<Output = String> + Send;
}

struct Station {
    city: String,
}

impl Fetcher for Station {
    async fn fetch(&self) -> String {
        format!("{}: 7 degrees", self.city)
    }
}

fn fetch_in_background<F>(fetcher: F) -> JoinHandle<String>
where
    F: Fetcher + Send + 'static,
{
    tokio::spawn(async move { fetcher.fetch().await })
}

#[tokio::main]
async fn main() {
    let station = Station {
        city: "Oslo".to_string(),
    };
    let task = fetch_in_background(station);
    println!("{}", task.await.expect("the task does not panic"));
}
