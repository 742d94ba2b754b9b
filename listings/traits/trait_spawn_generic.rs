//! A generic function cannot spawn a fetch that nobody promised to be `Send`.

use tokio::task::JoinHandle;

trait Fetcher {
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
