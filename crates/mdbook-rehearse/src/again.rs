//! This program, started again to do a part of the work in a process that can
//! be ended: a listing may never end, or leave a process behind.

use crate::stage::{LONGEST_OUTPUT, Stage};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::process::Command;
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

/// How long the compiler may take for the blocks of a chapter, however busy the
/// machine is.
const COMPILING: Duration = Duration::from_secs(120);

/// Most of what such a process does is waiting, unless it has to compile.
static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let processors = available_parallelism().map_or(1, |count| count.get());
    Places {
        free: Mutex::new(4 * processors),
        freed: Condvar::new(),
    }
});

/// A semaphore.
struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

/// Gives its place back when it is dropped.
struct Place;

impl Places {
    fn take(&self) -> Place {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self
            .freed
            .wait_while(free, |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *PLACES.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        PLACES.freed.notify_one();
    }
}

/// What came of it.
pub struct Again {
    /// Whether it ended with status 0.
    pub success: bool,
    /// What it printed; or, if it had to be ended, why.
    pub said: String,
}

/// Starts this program with these variables, which tell it what to do. It may
/// take as long as compiling does, and then `limit`.
///
/// # Errors
/// If it cannot be started.
pub fn start_again(variables: &[(&str, &OsStr)], limit: Duration) -> Result<Again> {
    let _place = PLACES.take();
    let mut command = Command::new(std::env::current_exe()?);
    command
        .envs(variables.iter().copied())
        .env("RUST_BACKTRACE", "0");
    let mut stage = Stage::new()?;
    let process = stage
        .start(command)
        .context("cannot start this program again")?;
    let limit = COMPILING + limit;
    let deadline = Instant::now() + limit;
    let ended = stage.wait_end(process, deadline);
    stage.drain(deadline)?;
    let said = match ended {
        _ if stage.has_printed_too_much() => {
            format!("the blocks of the chapter print more than {LONGEST_OUTPUT} bytes")
        }
        Some(_) => String::from_utf8_lossy(&stage.printed_from(0)).into_owned(),
        None => format!("a block of the chapter has not ended after {limit:?}"),
    };
    let success = ended.is_some_and(|(status, _)| status.success());
    Ok(Again { success, said })
}
