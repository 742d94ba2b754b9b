//! Parts of three runtimes, each tried on all three.

use async_std::task;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::{thread, time::Duration};
use tokio::{runtime::Runtime, sync::oneshot};

const SHORT: Duration = Duration::from_millis(10);
const ANY_PORT: &str = "127.0.0.1:0";

// ANCHOR: outcomes
fn outcome(run: impl FnOnce()) -> &'static str {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(()) => "works",
        Err(_) => "panics",
    }
}

fn try_on_all(name: &str, part: impl AsyncFn()) {
    let tokio = Runtime::new().expect("the system has threads to give");
    let on_tokio = outcome(|| tokio.block_on(part()));
    let on_smol = outcome(|| smol::block_on(part()));
    let on_async_std = outcome(|| task::block_on(part()));
    println!("{name:24}{on_tokio:10}{on_smol:10}{on_async_std}");
}
// ANCHOR_END: outcomes

// ANCHOR: tokio
fn tokio_parts() {
    try_on_all("tokio::time::sleep", async || {
        tokio::time::sleep(SHORT).await;
    });
    try_on_all("tokio::net", async || {
        assert!(tokio::net::UdpSocket::bind(ANY_PORT).await.is_ok());
    });
    try_on_all("tokio::fs", async || {
        assert!(tokio::fs::read_dir(".").await.is_ok());
    });
    try_on_all("tokio::spawn", async || {
        assert!(tokio::spawn(async {}).await.is_ok());
    });
    try_on_all("tokio::sync", async || {
        let (sender, receiver) = oneshot::channel();
        thread::spawn(|| sender.send(21.5));
        assert_eq!(receiver.await, Ok(21.5));
    });
    try_on_all("tokio::join!", async || {
        assert_eq!(tokio::join!(async { 21.5 }, async { 40 }), (21.5, 40));
    });
    try_on_all("tokio::select!", async || {
        tokio::select! { () = async {} => {} }
    });
}
// ANCHOR_END: tokio

fn other_parts() {
    try_on_all("smol::Timer", async || {
        smol::Timer::after(SHORT).await;
    });
    try_on_all("smol::net", async || {
        assert!(smol::net::UdpSocket::bind(ANY_PORT).await.is_ok());
    });
    try_on_all("smol::spawn", async || smol::spawn(async {}).await);
    try_on_all("async_std::task::sleep", async || task::sleep(SHORT).await);
    try_on_all("async_std::net", async || {
        assert!(async_std::net::UdpSocket::bind(ANY_PORT).await.is_ok());
    });
    try_on_all("async_std::task::spawn", async || {
        task::spawn(async {}).await;
    });
}

fn main() {
    set_hook(Box::new(|_| {})); // print no message for a panic
    println!("{:24}{:10}{:10}async-std", "", "Tokio", "smol");
    tokio_parts();
    other_parts();
}
