//! An async fn in a trait, two types that implement it, and a generic caller.

use std::time::Duration;
use tokio::time::sleep;

trait Fetcher {
    async fn fetch(&self) -> String;
}

struct Recorded {
    report: String,
}

impl Fetcher for Recorded {
    async fn fetch(&self) -> String {
        self.report.clone()
    }
}

struct Station {
    city: String,
}

impl Fetcher for Station {
    async fn fetch(&self) -> String {
        sleep(Duration::from_millis(100)).await; // the network
        format!("{}: 7 degrees", self.city)
    }
}

async fn print_report<F: Fetcher>(fetcher: &F) {
    println!("{}", fetcher.fetch().await);
}

#[tokio::main]
async fn main() {
    let report = "Rome: 21 degrees".to_string();
    print_report(&Recorded { report }).await;

    let station = Station {
        city: "Oslo".to_string(),
    };
    let task = tokio::spawn(async move { print_report(&station).await });
    task.await.expect("the task does not panic");
}
