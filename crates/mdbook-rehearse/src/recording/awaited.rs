//! What a task waits for when its waker is kept, by the functions under way.

use super::format::LaneKind;
use super::raw::Stack;

/// Parts of the names of functions that register a waker, and what their
/// caller waits for.
const AWAITED: [(&str, LaneKind); 21] = [
    ("tokio::runtime::task::join::JoinHandle", LaneKind::Handle),
    ("tokio::task::join_set::", LaneKind::Set),
    ("tokio_util::task::task_tracker::", LaneKind::Tracker),
    ("tokio_util::sync::cancellation_token::", LaneKind::Token),
    ("tokio::sync::mpsc::bounded::Sender", LaneKind::Room),
    ("tokio::sync::mpsc::", LaneKind::Message),
    ("tokio::sync::oneshot::", LaneKind::Message),
    ("tokio::sync::broadcast::", LaneKind::Message),
    ("tokio::sync::watch::", LaneKind::Message),
    ("tokio::sync::semaphore::", LaneKind::Permit),
    ("tokio::sync::mutex::", LaneKind::Lock),
    ("tokio::sync::rwlock::", LaneKind::Lock),
    ("tokio::sync::once_cell::", LaneKind::Lock),
    ("tokio::sync::barrier::", LaneKind::Barrier),
    ("tokio::task::yield_now::", LaneKind::Turn),
    ("tokio::task::coop::register_waker", LaneKind::Turn),
    ("tokio::io::", LaneKind::Io),
    ("tokio::net::", LaneKind::Io),
    ("tokio::fs::", LaneKind::Io),
    ("tokio::signal::", LaneKind::Io),
    ("tokio::process::", LaneKind::Io),
];

/// What others are made of, so that it counts only by itself.
const AWAITED_AT_LAST: [(&str, LaneKind); 2] = [
    ("tokio::sync::notify::", LaneKind::Notify),
    ("core::task::wake::Waker", LaneKind::Future),
];

/// What a task waits for whose waker was cloned. Timers tell by themselves.
pub fn awaited(stack: &Stack) -> Option<LaneKind> {
    let called: Vec<&str> = stack.called().collect();
    let is_there = |part: &str| called.iter().any(|name| name.contains(part));
    if is_there("tokio::time::sleep::Sleep") {
        return None;
    }
    // From the inside: the innermost is what it waits for.
    let find = |table: &[(&str, LaneKind)]| {
        let mut kinds = called.iter().filter_map(|name| {
            let known = table.iter().find(|(part, _)| name.contains(part));
            known.map(|(_, kind)| *kind)
        });
        kinds.next()
    };
    find(&AWAITED).or_else(|| find(&AWAITED_AT_LAST))
}
