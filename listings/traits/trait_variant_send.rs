//! One declaration makes two traits, with and without the promise of `Send`.
#![deny(async_fn_in_trait)]

use std::rc::Rc;
use tokio::task::JoinHandle;

#[trait_variant::make(Fetcher: Send)]
pub trait LocalFetcher {
    async fn fetch(&self) -> String;
}

struct Station {
    city: String,
}

impl Fetcher for Station {
    async fn fetch(&self) -> String {
        format!("{}: 7 degrees", self.city)
    }
}

struct Recorded {
    report: Rc<str>,
}

impl LocalFetcher for Recorded {
    async fn fetch(&self) -> String {
        self.report.to_string()
    }
}

fn fetch_in_background<F>(fetcher: F) -> JoinHandle<String>
where
    F: Fetcher + Send + 'static,
{
    tokio::spawn(async move { fetcher.fetch().await })
}

async fn print_report<F: LocalFetcher>(fetcher: &F) {
    println!("{}", fetcher.fetch().await);
}

#[tokio::main]
async fn main() {
    let report = Rc::from("Rome: 21 degrees");
    print_report(&Recorded { report }).await;

    let station = Station {
        city: "Oslo".to_string(),
    };
    print_report(&station).await;
    let task = fetch_in_background(station);
    println!("{} again", task.await.expect("the task does not panic"));
}
