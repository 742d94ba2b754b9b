//! One function gives up on a sensor, with the timer of either runtime.

use futures::future::{Either, select};
use std::future::{Future, pending};
use std::pin::pin;
use std::{io, time::Duration};
use tokio::runtime::Runtime;

async fn read_within<S, L>(sensor: S, limit: L) -> Option<f64>
where
    S: Future<Output = f64>,
    L: Future,
{
    match select(pin!(sensor), pin!(limit)).await {
        Either::Left((celsius, _)) => Some(celsius),
        Either::Right(_) => None,
    }
}

const LIMIT: Duration = Duration::from_millis(100);

async fn on_smol() -> Option<f64> {
    read_within(pending(), smol::Timer::after(LIMIT)).await
}

async fn on_tokio() -> Option<f64> {
    read_within(pending(), tokio::time::sleep(LIMIT)).await
}

fn main() -> io::Result<()> {
    println!("smol: {:?}", smol::block_on(on_smol()));
    println!("Tokio: {:?}", Runtime::new()?.block_on(on_tokio()));
    Ok(())
}
