//! The functions under way, as text for the log.

use super::quoted;
use std::backtrace::Backtrace;

/// The functions that were under way, the innermost first: of each its name,
/// the line if it is one of the listing's, and the address at which it made its
/// call. std tells them only as text.
pub fn frames(stack: &Backtrace, file: &str) -> Vec<String> {
    let text = stack.to_string();
    let mut frames: Vec<(&str, Option<&str>)> = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(place) = line.strip_prefix("at ") {
            let mut parts = place.rsplitn(3, ':');
            let (_column, number, path) = (parts.next(), parts.next(), parts.next());
            if path.is_some_and(|path| path.ends_with(file))
                && let Some(last) = frames.last_mut()
            {
                last.1 = number;
            }
        } else if let Some((_, name)) = line.split_once(": ") {
            frames.push((name, None));
        }
    }
    let calls = calls(stack);
    // The longer text has more of the recorder's own functions.
    let calls = calls[calls.len().saturating_sub(frames.len())..].iter();
    let is_ours = |name: &str| name.contains("tokio::recorder::");
    frames
        .into_iter()
        .zip(calls)
        .skip_while(|((name, _), _)| !is_ours(name))
        .skip_while(|((name, _), _)| is_ours(name))
        .map(|((name, line), call)| {
            format!("[{},{},{call}]", quoted(name), line.unwrap_or("null"))
        })
        .collect()
}

/// The addresses of calls, the innermost first. Only the longer text has them.
fn calls(stack: &Backtrace) -> Vec<u64> {
    let text = format!("{stack:#}");
    let calls = text.lines().filter_map(|line| {
        let (_number, rest) = line.split_once(": ")?;
        let (address, _name) = rest.trim_start().split_once(" - ")?;
        u64::from_str_radix(address.strip_prefix("0x")?, 16).ok()
    });
    calls.filter(|call| *call != 0).collect()
}
