//! An upload is canceled in four ways: it is dropped, but says no goodbye.

use std::time::Duration;
use tokio::time::{sleep, timeout};

const STEP: Duration = Duration::from_millis(100);

struct Connection(&'static str);

impl Drop for Connection {
    fn drop(&mut self) {
        println!("{}: dropped", self.0);
    }
}

async fn upload(name: &'static str) {
    let _connection = Connection(name);
    sleep(STEP * 2).await; // the data
    sleep(STEP).await; // the goodbye
    println!("{name}: goodbye");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    upload("Awaited").await;
    assert!(timeout(STEP, upload("Timeout")).await.is_err());
    tokio::select! {
        () = upload("Select") => {}
        () = sleep(STEP) => {}
    }
    let task = tokio::spawn(upload("Abort"));
    sleep(STEP).await;
    task.abort();
    assert!(task.await.is_err());
    tokio::spawn(upload("Shutdown"));
    sleep(STEP).await;
}
