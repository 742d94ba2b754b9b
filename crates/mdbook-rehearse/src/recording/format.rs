//! The file `<listing>.run.json`: what happened in a run of the listing, step
//! by step. The crate's README describes it.

use serde::{Deserialize, Serialize};
use serde_json::ser::Formatter;
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// What this module writes and reads.
pub const VERSION: u32 = 1;

/// A whole recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    pub version: u32,
    /// The [`fingerprint`] of the source that was run.
    pub source: String,
    pub clock: Clock,
    /// Times are multiples of so many milliseconds.
    pub unit_ms: u64,
    /// The threads' names, in the order of their first steps.
    pub threads: Vec<String>,
    /// Whatever has a part in it, in the order of appearance.
    pub lanes: Vec<Lane>,
    /// In the order in which they happened.
    pub steps: Vec<Step>,
}

/// What times are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// The clock of a paused runtime: exact.
    Virtual,
    /// Real time, without what the machine took for its work.
    Real,
}

/// A task, or what a task waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    pub kind: LaneKind,
    /// Where it is spawned, made or awaited, counted from 1.
    pub line: u32,
    /// The function that it runs, if it has a name: `main` of the future that
    /// is the body of an `async fn main`. Of a branch it may be a type, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The lane that spawned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<usize>,
    /// The lane that waits for it; for a branch, that polls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// The duration of a timer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ms: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LaneKind {
    /// The future that a `block_on` runs; `#[tokio::main]` calls one.
    Main,
    Task,
    /// A function on the blocking pool.
    Blocking,
    /// A thread that is not the runtime's.
    Thread,
    /// The runtime, where it wakes by itself.
    Runtime,
    Timer,
    Timeout,
    Interval,
    /// To be received from a channel.
    Message,
    /// To be sent into a full channel.
    Room,
    /// A task's handle.
    Handle,
    /// The tasks of a `JoinSet`.
    Set,
    /// The tasks of a `TaskTracker`.
    Tracker,
    /// A cancellation token.
    Token,
    Permit,
    Lock,
    Notify,
    Barrier,
    /// A task that yields awaits its next turn.
    Turn,
    /// A file, a socket, a pipe or a signal.
    Io,
    /// A future of the listing's own, which keeps the waker.
    Future,
    /// A future that a task polls beside others within its own: an async
    /// function in a `join!`, say.
    Branch,
}

impl LaneKind {
    /// Whether it is polled or runs, and can print.
    pub fn runs(self) -> bool {
        use LaneKind::{Blocking, Main, Task, Thread};
        matches!(self, Main | Task | Blocking | Thread)
    }

    /// Whether code ends the waiting for it: what a timer, the end of a task or
    /// the runtime does is none.
    pub fn is_ended_by_code(self) -> bool {
        use LaneKind::{Handle, Io, Set, Tracker, Turn};
        !self.is_timer() && !matches!(self, Handle | Set | Tracker | Turn | Io)
    }

    /// Whether it goes off by itself, after some time.
    pub fn is_timer(self) -> bool {
        matches!(
            self,
            LaneKind::Timer | LaneKind::Timeout | LaneKind::Interval
        )
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Milliseconds since the beginning.
    pub at: u64,
    /// What it happened to; for a wake and a print, who did it.
    pub lane: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<usize>,
    /// The line of the listing that was running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The lines that led there: those of the calls and awaits under way, the
    /// outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<u32>,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum What {
    /// The lane is a new task or blocking function.
    Spawn,
    /// A poll of the lane begins; of a blocking function, its run.
    Poll,
    /// What the lane stands for was polled and is pending.
    Wait {
        /// The task whose handle it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<usize>,
    },
    /// What the lane stands for was polled and is ready.
    Ready,
    /// The lane's poll ends: pending.
    Pending,
    /// The lane's poll ends: ready.
    Done,
    /// The lane wakes another.
    Wake {
        wakes: usize,
        /// By dropping something: a sender, a permit, a guard.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        drops: bool,
    },
    /// The lane prints a line.
    Print {
        text: String,
        /// The lane is a branch that is being dropped before it is done.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        drops: bool,
    },
    /// The lane is a task that is canceled, or a timer that is dropped before
    /// it has gone off.
    Drop,
    /// The lane keeps its thread for so long without an await.
    Block { ms: u64 },
}

impl Step {
    /// Whether this step, which wakes somebody, may be the end of waiting for
    /// something of that kind.
    pub fn may_end(&self, awaited: LaneKind) -> bool {
        match self.line {
            Some(_) => awaited.is_ended_by_code(),
            None => !awaited.is_timer(),
        }
    }
}

/// The first 16 hexadecimal digits of a source's SHA-256.
pub fn fingerprint(source: &str) -> String {
    let digest = Sha256::digest(source.as_bytes());
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Recording {
    /// The file's text: a line for each lane and each step.
    pub fn to_file(&self) -> String {
        let list = |items: Vec<String>| match items.is_empty() {
            true => "[]".to_owned(),
            false => format!("[\n    {}\n  ]", items.join(",\n    ")),
        };
        let lanes = list(self.lanes.iter().map(one_line).collect());
        let steps = list(self.steps.iter().map(one_line).collect());
        format!(
            "{{\n  \"version\": {},\n  \"source\": {},\n  \"clock\": {},\n  \"unit_ms\": {},\n  \
             \"threads\": {},\n  \"lanes\": {lanes},\n  \"steps\": {steps}\n}}\n",
            self.version,
            one_line(&self.source),
            one_line(&self.clock),
            self.unit_ms,
            one_line(&self.threads),
        )
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The line, counted from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Recording, (usize, String)> {
        let value: serde_json::Value = serde_json::from_str(text)
            .map_err(|error| (error.line(), format!("no JSON: {error}")))?;
        let version = value.get("version").and_then(serde_json::Value::as_u64);
        if version != Some(u64::from(VERSION)) {
            let version = version.map_or("without a number".to_owned(), |it| it.to_string());
            return Err((2, format!("a format of version {version}, not {VERSION}")));
        }
        let recording: Recording =
            serde_json::from_str(text).map_err(|error| (error.line(), error.to_string()))?;
        recording.judge_numbers().map_err(|what| (1, what))?;
        Ok(recording)
    }

    /// Whether each number of a lane or thread stands for one.
    fn judge_numbers(&self) -> Result<(), String> {
        let lanes = 0..self.lanes.len();
        let named = self
            .lanes
            .iter()
            .flat_map(|lane| [lane.by, lane.of])
            .flatten();
        let mut numbered = (0..).zip(&self.lanes);
        let is_before = |index, other: Option<usize>| other.is_none_or(|other| other < index);
        if let Some((lane, _)) = numbered
            .find(|(index, lane)| !is_before(*index, lane.of) || !is_before(*index, lane.by))
        {
            return Err(format!("lane {lane} comes before the lane that it is of"));
        }
        let stepped = self.steps.iter().flat_map(|step| {
            let other = match step.what {
                What::Wait { task } => task,
                What::Wake { wakes, .. } => Some(wakes),
                _ => None,
            };
            [Some(step.lane), other].into_iter().flatten()
        });
        if let Some(lane) = named.chain(stepped).find(|lane| !lanes.contains(lane)) {
            return Err(format!("there is no lane {lane}"));
        }
        let mut threads = self.steps.iter().filter_map(|step| step.thread);
        match threads.find(|thread| *thread >= self.threads.len()) {
            Some(thread) => Err(format!("there is no thread {thread}")),
            None => Ok(()),
        }
    }

    /// The task that a lane is part of or waited for by, or itself.
    pub fn task(&self, lane: usize) -> usize {
        self.lanes[lane].of.map_or(lane, |of| self.task(of))
    }

    /// Whether a lane is another, or is part of it or waited for by it.
    pub fn is_within(&self, lane: usize, outer: usize) -> bool {
        let of = self.lanes[lane].of;
        lane == outer || of.is_some_and(|of| self.is_within(of, outer))
    }

    /// The lines that were printed, in that order.
    pub fn printed(&self) -> Vec<String> {
        let texts = self.steps.iter().filter_map(|step| match &step.what {
            What::Print { text, .. } => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    }
}

fn one_line(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, Spaced);
    value
        .serialize(&mut serializer)
        .expect("it has no map with other keys than strings");
    String::from_utf8(text).expect("JSON is UTF-8")
}

/// JSON on one line, with a space after each comma and colon.
struct Spaced;

impl Formatter for Spaced {
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"{ ")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b" }")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }
}
