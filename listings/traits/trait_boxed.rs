//! A boxed future that names the borrow of `self` makes trait objects possible.

use std::future::{Future, ready};
use std::pin::Pin;

trait Fetcher {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>>;
}

struct Recorded {
    report: String,
}

impl Fetcher for Recorded {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(ready(self.report.clone()))
    }
}

struct Station {
    city: String,
}

impl Fetcher for Station {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(async move { format!("{}: 7 degrees", self.city) })
    }
}

#[tokio::main]
async fn main() {
    let sources: Vec<Box<dyn Fetcher>> = vec![
        Box::new(Recorded {
            report: "Rome: 21 degrees".to_string(),
        }),
        Box::new(Station {
            city: "Oslo".to_string(),
        }),
    ];
    for source in &sources {
        println!("{}", source.fetch().await);
    }
}
