//! The events of a run: who did what to whom.

use super::branches::Branches;
use super::format::LaneKind;
use super::raw::{Place, Usage};

/// A run as events. Lanes go by their place in `lanes`.
#[derive(Debug, Default)]
pub struct Events {
    pub lanes: Vec<Lane>,
    pub branches: Branches,
    pub events: Vec<Event>,
}

/// What may become a lane of the story.
#[derive(Debug, Clone)]
pub struct Lane {
    pub kind: LaneKind,
    pub line: u32,
    pub name: Option<String>,
    /// The function that spawned it, after which no block is named.
    pub spawned_in: Option<String>,
    /// Who spawned it, or waits for it.
    pub of: Option<usize>,
    /// The branch of that task that does, by its number.
    pub branch: Option<usize>,
    /// The duration of a timer, in nanoseconds.
    pub nanos: Option<u64>,
}

#[derive(Debug, Clone)]
pub struct Event {
    /// Nanoseconds since the start.
    pub nanos: u64,
    pub usage: Usage,
    /// The log's number of the thread.
    pub thread: usize,
    /// Who does it.
    pub actor: usize,
    /// The branch of the actor that is under way, by its number.
    pub branch: Option<usize>,
    /// Whether that branch is being dropped.
    pub is_dropping: bool,
    pub place: Place,
    pub does: Does,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    Spawn(usize),
    Poll,
    /// The poll ends.
    Pend,
    Finish,
    /// A task is dropped before it has finished.
    BeginDrop,
    EndDrop,
    /// A timer is made.
    Make(usize),
    /// A timer is to go off in so many milliseconds, as Tokio rounds them.
    Set(usize, u64),
    Wait(usize),
    Ready(usize),
    /// A timer is dropped before it has gone off.
    Drop(usize),
    /// The actor, who for a timer is the task that it is of until the clock
    /// tells which one went off, wakes another.
    Wake {
        wakes: usize,
        cause: Cause,
    },
    Print(String),
    /// Put in by the clock: the actor kept its thread for so many milliseconds.
    Block(u64),
}

/// Why somebody is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The actor's own code did it.
    Code,
    /// The actor's own code did it, by dropping something.
    Drop,
    /// The actor has finished or was dropped.
    Finished,
    /// A timer went off.
    Timer,
    /// The runtime did it by itself.
    Runtime,
}
