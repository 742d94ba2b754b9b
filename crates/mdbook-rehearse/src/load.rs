//! Whether the machine was busy while something was timed.
//!
//! A thread sleeps for a moment again and again, and notes by how much it woke
//! too late. On an idle machine that is a fraction of a millisecond; where
//! programs must wait for a processor, several.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const NAP: Duration = Duration::from_millis(2);

/// A wake-up later than this is a sign of a busy machine.
const LATE: Duration = Duration::from_millis(2);

/// Watches the machine for as long as it lives.
#[derive(Debug)]
pub struct LoadGauge {
    last_late: Arc<Mutex<Option<Instant>>>,
}

impl LoadGauge {
    /// Starts to watch.
    pub fn start() -> LoadGauge {
        let last_late = Arc::new(Mutex::new(None));
        let weak = Arc::downgrade(&last_late);
        thread::spawn(move || {
            let mut before = Instant::now();
            while let Some(last_late) = weak.upgrade() {
                thread::sleep(NAP);
                let now = Instant::now();
                if now - before > NAP + LATE {
                    *last_late.lock().unwrap_or_else(|e| e.into_inner()) = Some(now);
                }
                before = now;
            }
        });
        LoadGauge { last_late }
    }

    /// Whether the machine was busy at some moment from `start` until now.
    pub fn was_busy_since(&self, start: Instant) -> bool {
        let last_late = *self.last_late.lock().unwrap_or_else(|e| e.into_inner());
        last_late.is_some_and(|late| late >= start)
    }
}
