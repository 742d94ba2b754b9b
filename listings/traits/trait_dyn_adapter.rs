//! A second trait boxes the futures of the first, for trait objects only.

use std::future::Future;
use std::pin::Pin;

trait Fetcher {
    fn fetch(&self) -> impl Future<Output = String> + Send;
}

trait DynFetcher {
    fn fetch_boxed(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>>;
}

impl<F: Fetcher> DynFetcher for F {
    fn fetch_boxed(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(self.fetch())
    }
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
        format!("{}: 7 degrees", self.city)
    }
}

#[tokio::main]
async fn main() {
    let sources: Vec<Box<dyn DynFetcher>> = vec![
        Box::new(Recorded {
            report: "Rome: 21 degrees".to_string(),
        }),
        Box::new(Station {
            city: "Oslo".to_string(),
        }),
    ];
    for source in &sources {
        println!("{}", source.fetch_boxed().await);
    }
}
