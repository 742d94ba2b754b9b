//! The log that the recorder of a run has written.

use serde::Deserialize;
use std::collections::HashSet;

/// Where what a runtime spawns for itself is spawned.
pub const RUNTIME: &str = "/src/runtime/";

/// The log of one run, in the order of time.
#[derive(Debug, Clone)]
pub struct Log {
    pub is_virtual: bool,
    /// The threads' names.
    pub threads: Vec<String>,
    pub entries: Vec<Entry>,
}

/// One entry. Tasks and timers go by the numbers of their spans.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// Nanoseconds since the start.
    pub at: u64,
    #[serde(flatten)]
    pub usage: Usage,
    pub thread: usize,
    #[serde(flatten)]
    pub what: What,
    /// The functions under way, the innermost first.
    #[serde(default)]
    pub stack: Stack,
}

/// What a thread has had of the machine so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Usage {
    /// Nanoseconds for which it ran.
    pub running: u64,
    /// Nanoseconds for which it waited for a processor.
    pub waiting: u64,
    /// How often it gave up its processor by itself, to wait for something.
    pub pauses: u64,
    /// How often it had to.
    pub preemptions: u64,
}

/// See the recorder's `What`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    Spawn {
        task: u64,
        kind: String,
        /// The type of the future or function, if it is known.
        #[serde(default)]
        runs: String,
        file: String,
        line: u32,
    },
    Enter {
        task: u64,
    },
    Exit {
        task: u64,
    },
    Ready {
        task: u64,
    },
    Clone {
        task: u64,
    },
    Wake {
        task: u64,
    },
    Timer {
        timer: u64,
        kind: String,
        file: String,
        line: u32,
        #[serde(rename = "for")]
        nanos: Option<u64>,
    },
    Set {
        timer: u64,
        millis: u64,
    },
    Polled {
        timer: u64,
        ready: bool,
    },
    TimerGone {
        timer: u64,
    },
    Print {
        text: String,
    },
}

#[derive(Deserialize)]
struct Header {
    #[serde(rename = "virtual")]
    is_virtual: bool,
    threads: Vec<String>,
}

impl Log {
    /// Reads the recorder's file.
    ///
    /// # Errors
    /// If it is not of that form.
    pub fn parse(text: &str) -> serde_json::Result<Log> {
        let mut lines = text.lines();
        let Header {
            is_virtual,
            threads,
        } = serde_json::from_str(lines.next().unwrap_or_default())?;
        let entries = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        Ok(Log {
            is_virtual,
            threads,
            entries,
        })
    }

    /// Whether a future was handed to a `block_on` other than a runtime's, so
    /// that its waker is not the recorder's, and its end is not known.
    pub fn has_unwatched(&self) -> bool {
        let futures = self.entries.iter().filter(|entry| match &entry.what {
            What::Spawn { kind, .. } => kind == "block_on",
            _ => false,
        });
        let ready = self
            .entries
            .iter()
            .filter(|entry| matches!(entry.what, What::Ready { .. }));
        futures.count() > ready.count()
    }

    /// The worker threads: those on which the runtime started a loop of its own.
    pub fn workers(&self) -> impl Iterator<Item = usize> {
        let loops = self.entries.iter().filter_map(|entry| match &entry.what {
            What::Spawn { task, file, .. } if file.contains(RUNTIME) => Some(*task),
            _ => None,
        });
        let loops: HashSet<u64> = loops.collect();
        self.entries
            .iter()
            .filter_map(move |entry| match entry.what {
                What::Enter { task } if loops.contains(&task) => Some(entry.thread),
                _ => None,
            })
    }
}

/// Functions under way, the innermost first.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Stack(Vec<Frame>);

/// A function under way.
#[derive(Debug, Clone, Deserialize)]
pub struct Frame {
    pub name: String,
    /// The line that runs, if it is the listing's.
    pub line: Option<u32>,
    /// The address at which it made its call: of two calls in one line, each
    /// has its own.
    #[serde(default)]
    pub call: u64,
}

/// Where in the listing something happens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub line: Option<u32>,
    /// The lines that led there, the outermost first.
    pub via: Vec<u32>,
}

/// Ends a task's own functions: those further out are the runtime's.
const POLL: &str = "tracing::instrument::Instrumented<";

impl Stack {
    /// The functions of the task that is under way, or all.
    pub fn own(&self) -> impl DoubleEndedIterator<Item = &Frame> {
        let end = self.0.iter().position(|frame| frame.name.contains(POLL));
        self.0[..end.unwrap_or(self.0.len())].iter()
    }

    /// The place in a listing of so many lines.
    pub fn place(&self, lines: u32) -> Place {
        let mut found: Vec<u32> = self.own().filter_map(|frame| frame.line).collect();
        found.retain(|line| *line <= lines);
        found.dedup();
        let mut found = found.into_iter();
        let line = found.next();
        Place {
            line,
            via: found.rev().collect(),
        }
    }

    /// The listing's function that called all others, or the type whose method
    /// did.
    pub fn outermost(&self) -> Option<&str> {
        self.own()
            .rev()
            .filter(|frame| frame.line.is_some())
            .find_map(|frame| named(&frame.name))
    }

    /// The listing's function that is under way.
    pub fn innermost(&self) -> Option<&str> {
        self.own()
            .filter(|frame| frame.line.is_some())
            .find_map(|frame| named(&frame.name))
    }

    /// The functions that the innermost one of the listing has called, from
    /// the inside.
    pub fn called(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .take_while(|frame| frame.line.is_none())
            .map(|frame| frame.name.as_str())
    }

    /// Whether a function is under way that has this in its name, further in
    /// than any poll of a task.
    pub fn has(&self, part: &str) -> bool {
        self.own().any(|frame| frame.name.contains(part))
    }

    /// Whether a future is being dropped, not polled.
    pub fn is_drop(&self) -> bool {
        self.outside().next().is_some_and(is_drop)
    }

    /// Whether a future is being dropped because its last poll has ended.
    pub fn is_end(&self) -> bool {
        let dropped = self.outside().skip_while(|name| is_drop(name));
        // A worker's own loop is a task, too, and is polled further out.
        let mut within = dropped.take_while(|name| !name.contains(POLL));
        self.is_drop()
            && within.any(|name| name.contains("tokio::runtime::task::harness::poll_future"))
    }

    /// The functions further out than the task's own.
    fn outside(&self) -> impl Iterator<Item = &str> {
        let names = self.0.iter().map(|frame| frame.name.as_str());
        names.skip_while(|name| !name.contains(POLL))
    }
}

/// Whether it is a function that drops a task's future.
fn is_drop(name: &str) -> bool {
    name.contains(POLL) && (name.contains("::drop") || name.contains("drop_in_place<"))
}

/// `save` of `program::listing::save::{{closure}}`, and `Gauge` of
/// `<program::listing::Gauge as core::future::future::Future>::poll`. Nothing
/// of a closure or a block in a function.
pub fn named(name: &str) -> Option<&str> {
    let (_, path) = name.split_once("::listing::")?;
    let ends = [" as ", "::{", "<", ">", ","];
    let end = ends.iter().filter_map(|end| path.find(end)).min();
    let (function, inner) = path.split_at(end.unwrap_or(path.len()));
    (inner.matches("closure").count() < 2).then_some(function)
}
