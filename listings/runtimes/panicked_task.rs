//! A task panics on each of the three runtimes, and its handle is awaited.

use async_std::task;
use std::panic::catch_unwind;
use tokio::runtime::Runtime;
use tokio::task::JoinError;

async fn fetch_temperature() -> f64 {
    panic!("the sensor is broken");
}

fn on_tokio() -> Result<f64, JoinError> {
    let runtime = Runtime::new().expect("the system has threads to give");
    runtime.block_on(runtime.spawn(fetch_temperature()))
}

fn on_smol() -> f64 {
    smol::block_on(smol::spawn(fetch_temperature()))
}

fn on_async_std() -> f64 {
    task::block_on(task::spawn(fetch_temperature()))
}

fn main() {
    if let Err(error) = on_tokio() {
        println!("Tokio: an Err, is_panic {}", error.is_panic());
    }
    if catch_unwind(on_smol).is_err() {
        println!("smol: the panic reached the caller");
    }
    if catch_unwind(on_async_std).is_err() {
        println!("async-std: the panic reached the caller");
    }
}
