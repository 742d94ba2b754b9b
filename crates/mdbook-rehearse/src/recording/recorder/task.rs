//! Tasks that note what they run, by the name of its type.

use crate::recorder::spawning;
pub use real::task::*;
use std::future::Future;

#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let _spawning = spawning::<F>();
    real::task::spawn(future)
}

#[track_caller]
pub fn spawn_blocking<F, R>(function: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let _spawning = spawning::<F>();
    real::task::spawn_blocking(function)
}
