//! With async-trait, the same async fn can be called through a trait object.

use async_trait::async_trait;

#[async_trait]
trait Fetcher {
    async fn fetch(&self) -> String;
}

struct Recorded {
    report: String,
}

#[async_trait]
impl Fetcher for Recorded {
    async fn fetch(&self) -> String {
        self.report.clone()
    }
}

struct Station {
    city: String,
}

#[async_trait]
impl Fetcher for Station {
    async fn fetch(&self) -> String {
        format!("{}: 7 degrees", self.city)
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
