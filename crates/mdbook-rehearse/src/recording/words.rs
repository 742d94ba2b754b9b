//! A recording in words: a sentence for each step.

use super::format::{Lane, LaneKind, Recording, Step, What};
use super::names::{Names, thread_name};
use std::collections::BTreeMap;

/// A sentence or two for each step, in which a reader finds by lines what the
/// code says.
pub fn sentences(recording: &Recording) -> Vec<String> {
    let mut teller = Teller {
        recording,
        names: Names::of(recording),
        polls: BTreeMap::new(),
        waits: BTreeMap::new(),
        woken: BTreeMap::new(),
        due: BTreeMap::new(),
        introduced: BTreeMap::new(),
        is_over: false,
    };
    let named = recording.lanes.iter().filter(|lane| lane.by.is_none());
    let functions: Vec<&str> = named.filter_map(|lane| lane.name.as_deref()).collect();
    recording
        .steps
        .iter()
        .map(|step| capital(&teller.tell(step), &functions))
        .collect()
}

/// A sentence begins with a capital, unless with the name of a function.
fn capital(sentence: &str, functions: &[&str]) -> String {
    let mut letters = sentence.chars();
    let word = sentence.split([' ', ',']).next().unwrap_or_default();
    match letters.next() {
        Some(first) if !functions.contains(&word) => first.to_uppercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// How something is waited for.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    /// The task whose handle it is.
    task: Option<usize>,
    /// In which poll of whoever waits it was found pending last.
    poll: usize,
    /// How many wakers it has, or had: a line may be reached several times.
    wakers: usize,
}

/// Tells step by step, and knows what the steps before have led to.
struct Teller<'a> {
    recording: &'a Recording,
    names: Names,
    /// By lane: how often it was polled.
    polls: BTreeMap<usize, usize>,
    /// By awaited lane: how it is waited for.
    waits: BTreeMap<usize, Waiting>,
    /// By lane: who has woken it since its last poll.
    woken: BTreeMap<usize, Vec<usize>>,
    /// By timer that is set: when it is due.
    due: BTreeMap<usize, u64>,
    /// By branch: the poll of its task in which it was introduced last, and the
    /// line that polled it.
    introduced: BTreeMap<usize, (usize, u32)>,
    /// Whether the program's `block_on` is over.
    is_over: bool,
}

impl Teller<'_> {
    fn lane(&self, index: usize) -> &Lane {
        &self.recording.lanes[index]
    }

    fn name(&self, index: usize) -> &str {
        self.names.get(index)
    }

    fn tell(&mut self, step: &Step) -> String {
        let lane = self.lane(step.lane).clone();
        let name = self.name(step.lane).to_owned();
        match &step.what {
            What::Spawn => self.spawn(step),
            What::Poll => self.poll(step),
            What::Wait { task } => self.wait(step, *task),
            What::Ready if lane.kind == LaneKind::Set => {
                self.waits.remove(&step.lane);
                let who = self.who(lane.of, step);
                format!("{who} awaits {name}: ready, for one is done.")
            }
            What::Ready => {
                self.waits.remove(&step.lane);
                self.due.remove(&step.lane);
                let who = self.who(lane.of, step);
                format!("{who} polls {name}: ready.")
            }
            What::Pending => self.pending(step),
            What::Done => {
                self.is_over |= lane.kind == LaneKind::Main;
                format!("{name} is done.")
            }
            What::Wake { wakes, drops } => self.wake(step, *wakes, *drops),
            What::Print { text, .. } => {
                let who = self.who(Some(step.lane), step);
                format!("{who} prints “{text}”{}.", in_line(step))
            }
            What::Drop if lane.kind.is_timer() => {
                self.waits.remove(&step.lane);
                self.due.remove(&step.lane);
                match lane.kind {
                    LaneKind::Interval => format!("{name} is dropped."),
                    _ => format!("{name} is dropped before it has fired."),
                }
            }
            What::Drop if self.is_over => {
                format!("the runtime ends and drops {name}, which is not done.")
            }
            What::Drop => format!("{name} is canceled: its future is dropped."),
            What::Block { ms } if lane.kind == LaneKind::Blocking => {
                format!("{name} blocks its thread for {ms} ms. The other threads go on.")
            }
            What::Block { ms } => {
                format!("{name} blocks its thread for {ms} ms. Nothing else runs there meanwhile.")
            }
        }
    }

    fn spawn(&self, step: &Step) -> String {
        let lane = self.lane(step.lane);
        let by = lane.by.map_or("the program", |by| self.name(by));
        let name = self.name(step.lane);
        let function = lane
            .name
            .as_ref()
            .map(|name| format!(" ({name})"))
            .unwrap_or_default();
        let line = in_line(step);
        match lane.kind {
            LaneKind::Blocking => {
                format!("{by} hands {name}{function} to the blocking pool{line}.")
            }
            _ => format!("{by} spawns {name}{function}{line}. It has not run yet."),
        }
    }

    fn poll(&mut self, step: &Step) -> String {
        let name = self.name(step.lane).to_owned();
        let thread = step
            .thread
            .map_or("", |thread| &self.recording.threads[thread]);
        let on = match self.recording.threads.len() {
            1 => String::new(),
            _ => format!(" on {}", thread_name(thread)),
        };
        if self.lane(step.lane).kind == LaneKind::Blocking {
            return format!("{name} begins{on}.");
        }
        let polls = self.polls.entry(step.lane).or_default();
        *polls += 1;
        let is_first = *polls == 1;
        let woken = self.woken.remove(&step.lane).unwrap_or_default();
        if is_first {
            return format!("{name} is polled for the first time{on}.");
        }
        let mut by: Vec<String> = woken.iter().map(|by| self.name(*by).to_owned()).collect();
        by.dedup();
        match &by[..] {
            [] => format!("{name} is polled again{on}."),
            [only] if *only == name => {
                format!("{name} is polled again{on}, for it has woken itself.")
            }
            _ if woken.iter().all(|by| self.lane(*by).kind == LaneKind::Turn) => {
                format!("{name} is polled again{on}: it is its turn.")
            }
            _ => format!("{name} is polled again{on}, woken by {}.", list(&by)),
        }
    }

    fn wait(&mut self, step: &Step, task: Option<usize>) -> String {
        let lane = self.lane(step.lane).clone();
        let name = self.name(step.lane).to_owned();
        let task_of = self.recording.task(step.lane);
        let polls = self.polls.get(&task_of);
        let before = self.waits.get(&step.lane).copied();
        let waiting = Waiting {
            task,
            poll: polls.copied().unwrap_or(0),
            wakers: before.map_or(0, |before| before.wakers) + 1,
        };
        self.waits.insert(step.lane, waiting);
        let is_again = before.is_some();
        let of = self.who(lane.of, step);
        if lane.kind.is_timer() {
            if is_again {
                return format!("{of} polls {name}: still pending.");
            }
            let ms = lane.ms.unwrap_or_default();
            // An interval tells when it goes off only by doing so.
            if lane.kind == LaneKind::Interval {
                return format!("{of} polls {name}: pending until the next tick.");
            }
            self.due.insert(step.lane, step.at + ms);
            return format!("{of} polls {name}: pending, for {ms} ms.");
        }
        let line = in_line(step);
        match lane.kind {
            LaneKind::Message => {
                format!("{of} awaits a message{line}: pending, for there is none.")
            }
            LaneKind::Room => {
                format!("{of} wants to send{line}: pending, for the channel is full.")
            }
            LaneKind::Handle => match task {
                Some(task) => {
                    format!(
                        "{of} awaits {}{line}: pending, for it is not done.",
                        self.name(task)
                    )
                }
                None => format!("{of} awaits {name}: pending."),
            },
            LaneKind::Set => format!("{of} awaits {name}: pending, for none is done."),
            LaneKind::Tracker => format!("{of} awaits {name}: pending, for not all are done."),
            LaneKind::Token => format!("{of} awaits {name}: pending, for it is not canceled."),
            LaneKind::Permit => format!("{of} awaits {name}: pending, for none is left."),
            LaneKind::Lock => format!("{of} awaits {name}: pending, for it is taken."),
            LaneKind::Turn => format!("{of} yields{line}: pending, so that others have a turn."),
            LaneKind::Future if lane.of != Some(task_of) => {
                let task = self.name(task_of);
                format!("{of} keeps the waker of {task}{line}: pending.")
            }
            LaneKind::Future => format!(
                "{of} is polled down to line {}, where its waker is kept.",
                lane.line
            ),
            _ => format!("{of} awaits {name}: pending."),
        }
    }

    fn pending(&self, step: &Step) -> String {
        let name = self.name(step.lane);
        if self.woken.contains_key(&step.lane) {
            return format!("{name} is pending, but has been woken already.");
        }
        let (mut now, mut before) = self.awaited(step.lane);
        // What still has the same waker is polled without a trace.
        let lines: Vec<u32> = now.iter().map(|now| self.lane(*now).line).collect();
        now.extend(before.extract_if(.., |before| lines.contains(&self.lane(*before).line)));
        now.sort_unstable();
        let awaited = now.iter().map(|awaited| {
            let task = self.waits[awaited].task;
            self.name(task.unwrap_or(*awaited)).to_owned()
        });
        let awaited: Vec<String> = awaited.collect();
        match (&awaited[..], before.is_empty()) {
            ([], true) => {
                format!("{name} is pending, but nothing has its waker: nothing will wake it.")
            }
            ([], false) => format!("{name} is pending."),
            _ => format!("{name} is pending. It waits for {}.", list(&awaited)),
        }
    }

    /// What a lane waits for: what was pending in its last poll, and what was
    /// in earlier ones and may still be.
    fn awaited(&self, lane: usize) -> (Vec<usize>, Vec<usize>) {
        let last = self.polls.get(&lane).copied().unwrap_or(0);
        let own = self.waits.keys().copied();
        let own = own.filter(|awaited| self.recording.task(*awaited) == lane);
        own.partition(|awaited| self.waits[awaited].poll == last)
    }

    fn wake(&mut self, step: &Step, wakes: usize, drops: bool) -> String {
        let waker = self.lane(step.lane).kind;
        let by = match step.line {
            Some(_) if self.lane(step.lane).kind == LaneKind::Branch => {
                self.who(Some(step.lane), step)
            }
            _ => self.name(step.lane).to_owned(),
        };
        let woken = self.name(wakes).to_owned();
        let already = self.woken.entry(wakes).or_default();
        let is_already = !already.is_empty();
        already.push(step.lane);
        let who = match is_already {
            true => format!("{woken}, which has been woken already"),
            false => woken.clone(),
        };
        if waker.is_timer() {
            let due = self.due.remove(&step.lane).filter(|due| *due < step.at);
            return match due {
                Some(due) => format!("{by}, due at {due} ms, fires only now and wakes {who}."),
                None => format!("{by} fires and wakes {who}."),
            };
        }
        let awaited = self.answered(wakes, step);
        let kind = awaited.map(|awaited| self.lane(awaited).kind);
        if let Some(awaited) = awaited
            && let Some(waiting) = self.waits.get_mut(&awaited)
        {
            waiting.wakers -= 1;
            if waiting.wakers == 0 {
                self.waits.remove(&awaited);
            }
        }
        let line = in_line(step);
        if line.is_empty() {
            return match waker {
                LaneKind::Turn => format!("the runtime wakes {who}, which has yielded."),
                LaneKind::Io => format!("the runtime has input or output for {who}, and wakes it."),
                LaneKind::Runtime => format!("the runtime wakes {who}."),
                _ => format!("the end of {by} wakes {who}."),
            };
        }
        if step.lane == wakes {
            return format!("{by} wakes itself{line}.");
        }
        let does = match (kind, drops) {
            (Some(LaneKind::Message), false) => "sends",
            (Some(LaneKind::Message), true) => "drops the sender",
            (Some(LaneKind::Room), false) => "receives, and so makes room,",
            (Some(LaneKind::Token), false) => "cancels the token",
            (Some(LaneKind::Permit), true) => "gives back a permit",
            (Some(LaneKind::Lock), true) => "unlocks",
            (Some(LaneKind::Notify), false) => "notifies",
            (Some(LaneKind::Future), _) => "calls the waker",
            _ => return format!("{by} wakes {who}{line}."),
        };
        format!("{by} {does}{line}, which wakes {who}.")
    }

    /// What a lane waits for that a step, which wakes it, may have ended, if it
    /// is one thing.
    fn answered(&self, lane: usize, step: &Step) -> Option<usize> {
        let (mut now, mut before) = self.awaited(lane);
        for awaited in [&mut now, &mut before] {
            awaited.retain(|awaited| step.may_end(self.lane(*awaited).kind));
        }
        let awaited = if now.is_empty() { before } else { now };
        match awaited[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

impl Teller<'_> {
    /// Who does a step, and the line under way there. A branch is introduced
    /// anew in each poll of its task.
    fn who(&mut self, lane: Option<usize>, step: &Step) -> String {
        let Some(index) = lane else {
            return String::new();
        };
        let lane = self.lane(index).clone();
        if lane.kind != LaneKind::Branch {
            return format!("{}{}", self.name(index), in_via(step.via.first()));
        }
        // The line that polls it says which one it is, if there are several.
        let name = lane.name.unwrap_or_default();
        // What leads to it comes before the line that polls it.
        let at = step.via.iter().position(|line| *line == lane.line);
        let at = at.unwrap_or(0);
        let line = *step.via.get(at).unwrap_or(&lane.line);
        let polls = self.polls.get(&self.recording.task(index));
        let now = (polls.copied().unwrap_or(0), line);
        let does = match step.what {
            What::Print { drops: true, .. } => "drops",
            _ => "polls",
        };
        if does == "polls" && self.introduced.insert(index, now) == Some(now) {
            return format!("{name}{}", in_via(step.via.get(at + 1)));
        }
        let outer = lane.of.map_or("", |of| self.name(of));
        format!("{name}, which {outer} {does} in line {line},")
    }
}

/// `, in line 12,` where the line that runs was reached by that one.
fn in_via(line: Option<&u32>) -> String {
    line.map(|line| format!(", in line {line},"))
        .unwrap_or_default()
}

/// ` in line 9`, where a line is known.
fn in_line(step: &Step) -> String {
    step.line
        .map(|line| format!(" in line {line}"))
        .unwrap_or_default()
}
