//! A struct that holds a future of any type, alone and in a queue.

use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;
use tokio::time::sleep;

struct Job<F> {
    work: F,
}

impl<F: Future<Output = &'static str>> Job<F> {
    async fn run(self) {
        println!("{}", self.work.await);
    }
}

type BoxedWork = Pin<Box<dyn Future<Output = &'static str> + Send>>;

async fn measure_rain() -> &'static str {
    println!("Measuring");
    sleep(Duration::from_millis(100)).await;
    "Rain: 3 mm"
}

#[tokio::main]
async fn main() {
    let work = measure_rain();
    Job { work }.run().await;

    let rain: BoxedWork = Box::pin(measure_rain());
    let wind: BoxedWork = Box::pin(ready("Wind: 5 m/s"));
    let queue = vec![Job { work: rain }, Job { work: wind }];
    println!("{} jobs queued", queue.len());
    let task = tokio::spawn(async move {
        for job in queue {
            job.run().await;
        }
    });
    task.await.expect("the task does not panic");
}
