//! Each implementation returns a future of its own type.

use std::any::type_name_of_val;
use std::future::{Future, ready};

trait Fetcher {
    async fn fetch(&self) -> String;
}

struct Recorded {
    report: String,
}

impl Fetcher for Recorded {
    fn fetch(&self) -> impl Future<Output = String> {
        ready(self.report.clone())
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

async fn print_report<F: Fetcher>(fetcher: &F) {
    let future = fetcher.fetch();
    println!("{}", type_name_of_val(&future));
    println!("{}", future.await);
}

#[tokio::main]
async fn main() {
    let report = "Rome: 21 degrees".to_string();
    print_report(&Recorded { report }).await;

    let city = "Oslo".to_string();
    print_report(&Station { city }).await;
}
