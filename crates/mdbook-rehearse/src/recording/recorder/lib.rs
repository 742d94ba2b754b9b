//! Tokio, as a recorded listing sees it: the real one, of which a few
//! functions note what no trace of Tokio tells. This crate has its name, so
//! that `tokio::…` in the listing leads here.
//!
//! - [`runtime`]: `block_on` hands its future a waker that notes its use, as
//!   the wakers of tasks do by themselves.
//! - [`task`]: tasks note which function they run.
//! - [`time`]: timers note for how long they are, exactly.
//! - [`select!`] polls its branches in the order of the code. In a program
//!   that is not recorded it begins with any of them.
//! - [`println!`] and its like note what is printed, and print it.

pub mod recorder;
pub mod runtime;
pub mod task;
pub mod time;

#[doc(hidden)]
pub use real;
pub use real::*;
pub use task::spawn;

/// Without `biased`, a story would depend on luck.
#[macro_export]
macro_rules! select {
    (biased; $($branches:tt)*) => { $crate::real::select! { biased; $($branches)* } };
    ($($branches:tt)*) => { $crate::real::select! { biased; $($branches)* } };
}

#[macro_export]
macro_rules! print {
    ($($text:tt)*) => { $crate::recorder::print(false, format_args!($($text)*)) };
}

#[macro_export]
macro_rules! println {
    () => { $crate::recorder::print(false, format_args!("\n")) };
    ($($text:tt)*) => { $crate::recorder::print(false, format_args!("{}\n", format_args!($($text)*))) };
}

#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => { $crate::recorder::print(true, format_args!($($text)*)) };
}

#[macro_export]
macro_rules! eprintln {
    () => { $crate::recorder::print(true, format_args!("\n")) };
    ($($text:tt)*) => { $crate::recorder::print(true, format_args!("{}\n", format_args!($($text)*))) };
}
