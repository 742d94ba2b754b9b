//! What the lanes of a recording are doing between its steps.

use crate::recording::format::{LaneKind, Recording, Step, What};
use std::collections::BTreeMap;

/// A stretch of a lane between two steps that looks alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub lane: usize,
    /// The steps where it begins and ends.
    pub from: usize,
    pub to: usize,
    pub state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Spawned or woken, but not being polled.
    Ready,
    /// Being polled, or running, on this thread.
    Runs(Option<usize>),
    /// Pending, and not woken.
    Waits,
    /// Of what is waited for: somebody does.
    Awaited,
    /// It blocks its thread.
    Blocks,
}

/// Where the line of a step ends that begins at who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
}

/// The lanes of a recording in the course of it.
#[derive(Debug)]
pub struct Tracks {
    pub stretches: Vec<Stretch>,
    /// By step: the lanes that it joins.
    pub links: Vec<Option<Link>>,
    /// By step: what was waited for until a task, not a timer, woke who did.
    pub answered: Vec<Option<usize>>,
}

impl Tracks {
    pub fn of(recording: &Recording) -> Tracks {
        let mut tracker = Tracker {
            recording,
            now: BTreeMap::new(),
            awaited_tasks: BTreeMap::new(),
            tracks: Tracks {
                stretches: Vec::new(),
                links: Vec::new(),
                answered: Vec::new(),
            },
        };
        for (number, step) in recording.steps.iter().enumerate() {
            tracker.take(number, step);
        }
        tracker.branches();
        let last = recording.steps.len().saturating_sub(1);
        let open: Vec<usize> = tracker.now.keys().copied().collect();
        for lane in open {
            tracker.end(lane, last);
        }
        tracker.tracks
    }
}

/// Whether a lane has no row of its own: a handle, in whose place the task is
/// that it is of.
pub fn is_hidden(recording: &Recording, lane: usize) -> bool {
    let waits = recording.steps.iter().filter(|step| step.lane == lane);
    recording.lanes[lane].kind == LaneKind::Handle
        && waits
            .filter_map(|step| match step.what {
                What::Wait { task } => Some(task),
                _ => None,
            })
            .all(|task| task.is_some())
}

struct Tracker<'a> {
    recording: &'a Recording,
    /// By lane: its state, and the step since which.
    now: BTreeMap<usize, (usize, State)>,
    /// By handle: the tasks awaited through it.
    awaited_tasks: BTreeMap<usize, Vec<usize>>,
    tracks: Tracks,
}

/// The branch that is being polled in a step, if it is one.
pub fn polled_branch(recording: &Recording, step: &Step) -> Option<usize> {
    let lane = match step.what {
        What::Print { drops: false, .. } => Some(step.lane),
        What::Wake { .. } => step.line.map(|_| step.lane),
        What::Wait { .. } | What::Ready => recording.lanes[step.lane].of,
        _ => None,
    };
    lane.filter(|lane| recording.lanes[*lane].kind == LaneKind::Branch)
}

impl Tracker<'_> {
    /// A branch waits from the first to the last step that has to do with it.
    fn branches(&mut self) {
        let lanes = &self.recording.lanes;
        for lane in (0..lanes.len()).filter(|lane| lanes[*lane].kind == LaneKind::Branch) {
            let steps = self.recording.steps.iter();
            let is_within = |step: &Step| self.recording.is_within(step.lane, lane);
            let mut own = steps.enumerate().filter(|(_, step)| is_within(step));
            let first = own.next().map_or(0, |(number, _)| number);
            let last = own.next_back().map_or(first, |(number, _)| number);
            if first < last {
                self.tracks.stretches.push(Stretch {
                    lane,
                    from: first,
                    to: last,
                    state: State::Waits,
                });
            }
        }
    }

    fn end(&mut self, lane: usize, at: usize) {
        if let Some((from, state)) = self.now.remove(&lane)
            && from < at
        {
            self.tracks.stretches.push(Stretch {
                lane,
                from,
                to: at,
                state,
            });
        }
    }

    fn turn(&mut self, lane: usize, at: usize, state: State) {
        if self.now.get(&lane).is_some_and(|(_, now)| *now == state) {
            return;
        }
        self.end(lane, at);
        self.now.insert(lane, (at, state));
    }

    fn take(&mut self, at: usize, step: &Step) {
        let lane = step.lane;
        let of = self.recording.lanes[lane].of;
        let by = self.recording.lanes[lane].by;
        let mut link = None;
        let mut answered = None;
        match &step.what {
            What::Spawn => {
                self.turn(lane, at, State::Ready);
                link = by.map(|from| Link { from, to: lane });
            }
            What::Poll => self.turn(lane, at, State::Runs(step.thread)),
            What::Pending => {
                // It may have been woken while it was being polled.
                let woken = self.is_woken(lane, at);
                let state = if woken { State::Ready } else { State::Waits };
                self.turn(lane, at, state);
            }
            What::Done => self.leave(lane, at),
            What::Drop => self.leave(lane, at),
            What::Wait { task } => {
                let to = match task {
                    Some(task) if is_hidden(self.recording, lane) => {
                        let tasks = self.awaited_tasks.entry(lane).or_default();
                        if !tasks.contains(task) {
                            tasks.push(*task);
                        }
                        *task
                    }
                    _ => {
                        self.turn(lane, at, State::Awaited);
                        lane
                    }
                };
                link = of.map(|from| Link { from, to });
            }
            What::Ready => {
                self.end(lane, at);
                let to = self.finished(lane).unwrap_or(lane);
                link = of.map(|from| Link { from, to });
            }
            What::Wake { wakes, .. } => {
                link = Some(Link {
                    from: lane,
                    to: *wakes,
                });
                if self.waits(*wakes) {
                    self.turn(*wakes, at, State::Ready);
                }
                let is_code = |lane: usize| {
                    let kind = self.recording.lanes[lane].kind;
                    kind.runs() || kind == LaneKind::Branch
                };
                if is_code(lane) {
                    answered = self.answered(*wakes, step);
                }
                for ended in [Some(lane), answered].into_iter().flatten() {
                    if !is_code(ended) {
                        self.end(ended, at);
                    }
                }
            }
            What::Block { .. } => {
                if let Some((from, state)) = self.now.get(&lane).copied() {
                    self.tracks.stretches.push(Stretch {
                        lane,
                        from: at,
                        to: at + 1,
                        state: State::Blocks,
                    });
                    self.now.insert(lane, (from, state));
                }
            }
            What::Print { .. } => {
                // A thread of the program's own is there from its first step.
                if !self.now.contains_key(&lane) && self.recording.lanes[lane].kind.runs() {
                    self.turn(lane, at, State::Runs(step.thread));
                }
            }
        }
        self.tracks.links.push(link);
        self.tracks.answered.push(answered);
    }

    fn waits(&self, lane: usize) -> bool {
        self.now
            .get(&lane)
            .is_some_and(|(_, state)| *state == State::Waits)
    }

    /// Whether somebody has woken a lane since its poll began.
    fn is_woken(&self, lane: usize, at: usize) -> bool {
        let since = self.now.get(&lane).map_or(at, |(from, _)| *from);
        self.recording.steps[since..at]
            .iter()
            .any(|step| matches!(step.what, What::Wake { wakes, .. } if wakes == lane))
    }

    /// A lane ends, and with it all that it waits for.
    fn leave(&mut self, lane: usize, at: usize) {
        self.end(lane, at);
        let lanes = &self.recording.lanes;
        let is_of = |other: &usize| {
            *other != lane
                && self.recording.is_within(*other, lane)
                && !lanes[*other].kind.is_timer()
        };
        let awaited: Vec<usize> = self.now.keys().copied().filter(is_of).collect();
        for awaited in awaited {
            self.end(awaited, at);
        }
    }

    /// The first task that was awaited through a handle and is done.
    fn finished(&mut self, handle: usize) -> Option<usize> {
        let tasks = self.awaited_tasks.get_mut(&handle)?;
        let done = tasks
            .iter()
            .position(|task| !self.now.contains_key(task))
            .unwrap_or(0);
        (!tasks.is_empty()).then(|| tasks.remove(done))
    }

    /// What a lane waits for that a step, which wakes it, may have ended, if it
    /// is one thing.
    fn answered(&self, lane: usize, step: &Step) -> Option<usize> {
        let lanes = &self.recording.lanes;
        let mut awaited = self.now.iter().filter(|(other, (_, state))| {
            self.recording.task(**other) == lane
                && step.may_end(lanes[**other].kind)
                && *state == State::Awaited
        });
        match (awaited.next(), awaited.next()) {
            (Some((only, _)), None) => Some(*only),
            _ => None,
        }
    }
}
