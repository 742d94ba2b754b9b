//! A lint warns of an async fn in a public trait; here it is an error.
#![deny(async_fn_in_trait)]

pub trait Fetcher {
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

#[tokio::main]
async fn main() {
    let recorded = Recorded {
        report: "Rome: 21 degrees".to_string(),
    };
    println!("{}", recorded.fetch().await);
}
