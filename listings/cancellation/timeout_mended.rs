//! Four ways to put a time limit on a save, each of which stops it.

use std::time::Duration;
use tokio::time::{sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

const LIMIT: Duration = Duration::from_millis(200);

struct Connection(&'static str);

impl Drop for Connection {
    fn drop(&mut self) {
        println!("{}: connection closed", self.0);
    }
}

async fn save(connection: Connection) {
    sleep(Duration::from_millis(300)).await;
    println!("{}: saved", connection.0);
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let future = timeout(LIMIT, save(Connection("Future"))).await;
    println!("Future: {future:?}");

    let task = tokio::spawn(timeout(LIMIT, save(Connection("Inside"))));
    println!("Inside: {:?}", task.await);

    let mut task = tokio::spawn(save(Connection("Abort")));
    if timeout(LIMIT, &mut task).await.is_err() {
        task.abort();
        println!("Abort: {:?}", task.await);
    }

    let task = AbortOnDropHandle::new(tokio::spawn(save(Connection("Owned"))));
    let owned = timeout(LIMIT, task).await;
    println!("Owned: {owned:?}");
    sleep(LIMIT).await;
    println!("Time for the next reading");
}
// ANCHOR_END: main
