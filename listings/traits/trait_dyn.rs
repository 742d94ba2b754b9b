//! A trait with an async fn cannot be used as a trait object.

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
