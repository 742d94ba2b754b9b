//! A dropped handle lets the task run on Tokio and async-std, but not on smol.

use smol::Timer;
use smol::channel::{Sender, bounded};
use std::time::Duration;

struct Connection {
    runtime: &'static str,
    _open: Sender<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        println!("{}: connection closed", self.runtime);
    }
}

async fn save(connection: Connection) {
    Timer::after(Duration::from_millis(100)).await;
    println!("{}: saved", connection.runtime);
}

async fn drop_handle<H>(runtime: &'static str, spawn: fn(Connection) -> H) {
    let (_open, closed) = bounded(1);
    let handle = spawn(Connection { runtime, _open });
    drop(handle);
    // Nothing is sent: this waits until the connection, with `_open`, is gone.
    closed.recv().await.expect_err("the sender is dropped");
}

fn main() {
    let tokio = tokio::runtime::Runtime::new().expect("threads can start");
    tokio.block_on(drop_handle("Tokio", |c| tokio::spawn(save(c))));
    async_std::task::block_on(drop_handle("async-std", |c| {
        async_std::task::spawn(save(c))
    }));
    smol::block_on(drop_handle("smol", |c| smol::spawn(save(c))));
}
