//! `try_join!` gives up at the first error, and the spawned task runs on.

use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

type Fetched = Result<f64, String>;

async fn fetch_temperature() -> Fetched {
    sleep(Duration::from_millis(300)).await;
    println!("Temperature fetched");
    Ok(21.5)
}

async fn fetch_humidity() -> Fetched {
    sleep(Duration::from_millis(100)).await;
    Err(String::from("no answer from the humidity sensor"))
}

async fn flatten(task: &mut JoinHandle<Fetched>) -> Fetched {
    match task.await {
        Ok(result) => result,
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut task = tokio::spawn(fetch_temperature());
    match tokio::try_join!(flatten(&mut task), fetch_humidity()) {
        Ok(both) => println!("Fetched {both:?}"),
        Err(error) => println!("Error: {error}"),
    }
    println!("Task finished: {}", task.is_finished());
    println!("Task ended with {:?}", flatten(&mut task).await);
}
