//! Runtimes whose `block_on` is watched.

use crate::recorder::{self, Watched};
pub use real::runtime::*;
use std::future::Future;
use std::io;
use std::ops::Deref;
use std::time::Duration;

/// [`real::runtime::Builder`].
pub struct Builder(real::runtime::Builder);

macro_rules! settings {
    ($($name:ident($($value:ident: $type:ty)?);)*) => { $(
        pub fn $name(&mut self $(, $value: $type)?) -> &mut Self {
            self.0.$name($($value)?);
            self
        }
    )* };
}

impl Builder {
    pub fn new_current_thread() -> Builder {
        Builder(real::runtime::Builder::new_current_thread())
    }

    pub fn new_multi_thread() -> Builder {
        Builder(real::runtime::Builder::new_multi_thread())
    }

    settings! {
        enable_all();
        enable_io();
        enable_time();
        event_interval(ticks: u32);
        global_queue_interval(ticks: u32);
        max_blocking_threads(count: usize);
        thread_keep_alive(time: Duration);
        thread_name(name: impl Into<String>);
        thread_stack_size(bytes: usize);
        worker_threads(count: usize);
        on_thread_start(call: impl Fn() + Send + Sync + 'static);
        on_thread_stop(call: impl Fn() + Send + Sync + 'static);
        on_thread_park(call: impl Fn() + Send + Sync + 'static);
        on_thread_unpark(call: impl Fn() + Send + Sync + 'static);
    }

    pub fn start_paused(&mut self, paused: bool) -> &mut Self {
        if paused {
            recorder::clock_is_virtual();
        }
        self.0.start_paused(paused);
        self
    }

    pub fn build(&mut self) -> io::Result<Runtime> {
        self.0.build().map(Runtime)
    }

    pub fn build_local(&mut self, options: LocalOptions) -> io::Result<LocalRuntime> {
        self.0.build_local(options).map(LocalRuntime)
    }
}

/// [`real::runtime::Runtime`].
pub struct Runtime(real::runtime::Runtime);

impl Runtime {
    pub fn new() -> io::Result<Runtime> {
        real::runtime::Runtime::new().map(Runtime)
    }

    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(Watched::new(future))
    }

    pub fn shutdown_timeout(self, timeout: Duration) {
        self.0.shutdown_timeout(timeout);
    }

    pub fn shutdown_background(self) {
        self.0.shutdown_background();
    }
}

impl Deref for Runtime {
    type Target = real::runtime::Runtime;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// [`real::runtime::LocalRuntime`].
pub struct LocalRuntime(real::runtime::LocalRuntime);

impl LocalRuntime {
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(Watched::new(future))
    }
}

impl Deref for LocalRuntime {
    type Target = real::runtime::LocalRuntime;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
