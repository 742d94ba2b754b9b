//! What lanes and threads are called.

use super::format::{Lane, LaneKind, Recording, Step, What};
use std::collections::BTreeSet;

/// What each lane is called where space is short.
pub fn labels(recording: &Recording) -> Vec<String> {
    let names = Names::of(recording);
    let lanes = recording.lanes.iter().enumerate();
    let labels: Vec<String> = lanes
        .map(|(index, lane)| names.label(index, lane))
        .collect();
    let whole = |(index, label): (usize, &String)| {
        let is_shared = labels.iter().filter(|other| *other == label).count() > 1;
        // What a branch waits for is listed after it.
        let of = recording.lanes[index].of;
        let is_of_task = |of: &usize| recording.lanes[*of].kind != LaneKind::Branch;
        match of.filter(|of| is_shared && is_of_task(of)) {
            Some(of) => format!("{label}, of {}", names.get(of)),
            None => label.clone(),
        }
    };
    labels.iter().enumerate().map(whole).collect()
}

/// The lanes' names within sentences.
pub struct Names(Vec<String>);

impl Names {
    pub fn of(recording: &Recording) -> Names {
        let lanes = &recording.lanes;
        let number = |index: usize, kind: LaneKind| {
            lanes[..=index]
                .iter()
                .filter(|lane| lane.kind == kind)
                .count()
        };
        let only = |kind: LaneKind| lanes.iter().filter(|lane| lane.kind == kind).count() == 1;
        let name = |(index, lane): (usize, &Lane)| {
            let line = lane.line;
            match lane.kind {
                LaneKind::Branch => branch(lanes, lane),
                LaneKind::Main if lane.name.is_some() => "main".to_owned(),
                LaneKind::Main => format!("the block_on of line {line}"),
                LaneKind::Task => format!("task {}", number(index, lane.kind)),
                LaneKind::Blocking if only(lane.kind) => "the blocking call".to_owned(),
                LaneKind::Blocking => format!("blocking call {}", number(index, lane.kind)),
                LaneKind::Thread => thread_name(thread_of(recording, index)),
                LaneKind::Runtime => "the runtime".to_owned(),
                LaneKind::Timer => timer(lanes, index, "timer"),
                LaneKind::Timeout => timer(lanes, index, "timeout"),
                LaneKind::Interval => timer(lanes, index, "interval"),
                LaneKind::Message => format!("a message in line {line}"),
                LaneKind::Room => format!("room in the channel in line {line}"),
                LaneKind::Handle => format!("the handle of a task in line {line}"),
                LaneKind::Set => format!("a task of the JoinSet in line {line}"),
                LaneKind::Tracker => format!("the tasks of the tracker in line {line}"),
                LaneKind::Token => format!("the cancellation token in line {line}"),
                LaneKind::Permit => format!("a permit in line {line}"),
                LaneKind::Lock => format!("the lock in line {line}"),
                LaneKind::Notify => format!("a notification in line {line}"),
                LaneKind::Barrier => format!("the others at the barrier in line {line}"),
                LaneKind::Turn => "its next turn".to_owned(),
                LaneKind::Io => format!("input or output in line {line}"),
                LaneKind::Future => format!("a call of the waker that is kept in line {line}"),
            }
        };
        Names(lanes.iter().enumerate().map(name).collect())
    }

    /// A lane's name within a sentence.
    pub fn get(&self, index: usize) -> &str {
        &self.0[index]
    }

    fn label(&self, index: usize, lane: &Lane) -> String {
        let line = lane.line;
        match (lane.kind, &lane.name) {
            (LaneKind::Task | LaneKind::Blocking, Some(name)) => {
                let label = self.0[index].trim_start_matches("the ");
                format!("{label}: {name}")
            }
            (LaneKind::Message, _) => format!("message, line {line}"),
            (LaneKind::Room, _) => format!("room, line {line}"),
            (LaneKind::Handle, _) => format!("handle, line {line}"),
            (LaneKind::Set, _) => format!("JoinSet, line {line}"),
            (LaneKind::Tracker, _) => format!("tracker, line {line}"),
            (LaneKind::Token, _) => format!("token, line {line}"),
            (LaneKind::Notify, _) => format!("notification, line {line}"),
            (LaneKind::Permit, _) => format!("permit, line {line}"),
            (LaneKind::Lock, _) => format!("lock, line {line}"),
            (LaneKind::Barrier, _) => format!("barrier, line {line}"),
            (LaneKind::Turn, _) => format!("next turn, line {line}"),
            (LaneKind::Io, _) => format!("input or output, line {line}"),
            (LaneKind::Future, _) => format!("kept waker, line {line}"),
            _ => self.0[index]
                .trim_start_matches("the ")
                .replace(" of line", ", line"),
        }
    }
}

/// A branch by its function; with its line where the function has several.
fn branch(lanes: &[Lane], own: &Lane) -> String {
    let is_like = |lane: &&Lane| lane.kind == LaneKind::Branch && lane.name == own.name;
    let name = own.name.as_deref().unwrap_or_default();
    match lanes.iter().filter(is_like).count() {
        1 => name.to_owned(),
        _ => format!("the {name} of line {}", own.line),
    }
}

/// The name of the thread of a lane that is one.
fn thread_of(recording: &Recording, lane: usize) -> &str {
    let by = |step: &&Step| match step.what {
        What::Spawn => recording.lanes[step.lane].by == Some(lane),
        _ => step.lane == lane,
    };
    let thread = recording.steps.iter().find(by).and_then(|step| step.thread);
    thread.map_or("", |thread| &recording.threads[thread])
}

/// A timer by its line; by its duration or number where the line is that of
/// several timers of one task, or of branches side by side.
fn timer(lanes: &[Lane], index: usize, what: &str) -> String {
    let own = &lanes[index];
    let place = |lane: &Lane| match lane.of.map(|of| &lanes[of]) {
        Some(branch) if branch.kind == LaneKind::Branch => (branch.of, Some(branch.line)),
        _ => (lane.of, None),
    };
    let is_like =
        |lane: &&Lane| (lane.kind, lane.line, place(lane)) == (own.kind, own.line, place(own));
    let alike: Vec<&Lane> = lanes.iter().filter(is_like).collect();
    let line = own.line;
    let durations: BTreeSet<Option<u64>> = alike.iter().map(|lane| lane.ms).collect();
    if alike.len() == 1 {
        format!("the {what} of line {line}")
    } else if durations.len() == alike.len() {
        format!(
            "the {} ms {what} of line {line}",
            own.ms.unwrap_or_default()
        )
    } else {
        let number = lanes[..=index].iter().filter(is_like).count();
        format!("{what} {number} of line {line}")
    }
}

/// A thread's name within a sentence.
pub fn thread_name(thread: &str) -> String {
    let is_numbered = thread.ends_with(|c: char| c.is_ascii_digit());
    match thread {
        "main" => "the main thread".to_owned(),
        _ if thread.starts_with("blocking ") => "a thread of the blocking pool".to_owned(),
        _ if is_numbered => thread.to_owned(),
        _ => format!("the thread {thread}"),
    }
}
