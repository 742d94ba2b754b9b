//! Timers that note for how long they are: Tokio tells it only rounded.

use crate::recorder::making;
pub use real::time::*;
use std::future::IntoFuture;

#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    let _making = making("timer", duration);
    real::time::sleep(duration)
}

#[track_caller]
pub fn sleep_until(deadline: Instant) -> Sleep {
    let _making = making("timer", deadline.saturating_duration_since(Instant::now()));
    real::time::sleep_until(deadline)
}

#[track_caller]
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    let _making = making("timeout", duration);
    real::time::timeout(duration, future)
}

#[track_caller]
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    let _making = making(
        "timeout",
        deadline.saturating_duration_since(Instant::now()),
    );
    real::time::timeout_at(deadline, future)
}

#[track_caller]
pub fn interval(period: Duration) -> Interval {
    let _making = making("interval", period);
    real::time::interval(period)
}

#[track_caller]
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    let _making = making("interval", period);
    real::time::interval_at(start, period)
}
