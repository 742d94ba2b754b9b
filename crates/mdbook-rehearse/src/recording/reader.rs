//! What a log means. Times and order come later.

use super::awaited::awaited;
use super::branches::Branches;
use super::events::{Cause, Does, Event, Events, Lane};
use super::format::LaneKind;
use super::raw::{Entry, Log, Place, RUNTIME, What, named};
use std::collections::{HashMap, HashSet};

impl Events {
    /// Reads a log of a listing of so many lines.
    pub fn read(log: &Log, file: &str, lines: u32) -> Events {
        let mut reader = Reader {
            file,
            lines,
            ..Reader::default()
        };
        reader.result.branches = Branches::of(log);
        for (index, entry) in log.entries.iter().enumerate() {
            reader.branch = reader.result.branches.at(index);
            reader.is_dropping_branch = reader.result.branches.is_drop(index);
            reader.read(entry, &log.entries[index + 1..]);
        }
        reader.result
    }
}

#[derive(Default)]
struct Reader<'a> {
    file: &'a str,
    lines: u32,
    result: Events,
    /// The branch that is under way.
    branch: Option<usize>,
    is_dropping_branch: bool,
    tasks: HashMap<u64, usize>,
    timers: HashMap<u64, usize>,
    /// Tasks that have finished, and timers that have gone off.
    over: HashSet<usize>,
    /// Tasks whose future was ready in the poll that is under way.
    ready: HashSet<usize>,
    waits: HashMap<(usize, Option<usize>, LaneKind, u32), usize>,
    /// By task: what it began to wait for last, timers left out.
    waiting: HashMap<usize, usize>,
    /// By thread: the task that it polls, if it polls one.
    polling: HashMap<usize, Vec<usize>>,
    /// By thread: the task of the poll that ended there last.
    finished: HashMap<usize, usize>,
    threads: HashMap<usize, usize>,
    runtime: Option<usize>,
    /// By task of a `JoinSet`: the task that has spawned it there.
    sets: HashMap<usize, usize>,
    /// By task: the `JoinSet` that it waited for last.
    waiting_sets: HashMap<usize, usize>,
    /// Tasks of whose `JoinSet` a task has finished that was not handed out.
    set_done: HashSet<usize>,
}

impl Reader<'_> {
    fn read(&mut self, entry: &Entry, later: &[Entry]) {
        let place = entry.stack.place(self.lines);
        match &entry.what {
            What::Spawn {
                task,
                kind,
                runs,
                file,
                line,
            } => self.spawn(entry, *task, kind, runs, (file, *line)),
            What::Enter { task } => {
                let Some(&lane) = self.tasks.get(task) else {
                    return;
                };
                self.polling.entry(entry.thread).or_default().push(lane);
                if !entry.stack.is_drop() {
                    self.push(entry, lane, place, Does::Poll);
                } else if !self.over.contains(&lane) {
                    self.push(entry, lane, place, Does::BeginDrop);
                }
            }
            What::Exit { task } => {
                let Some(&lane) = self.tasks.get(task) else {
                    return;
                };
                self.finished.insert(entry.thread, lane);
                let does = if self.is_dropping(lane) {
                    self.set_done.extend(self.sets.get(&lane));
                    Does::EndDrop
                } else if self.over.contains(&lane) {
                    self.polling.entry(entry.thread).or_default().pop();
                    return;
                } else if self.ready.contains(&lane) || has_finished(*task, later) {
                    self.over.insert(lane);
                    self.set_done.extend(self.sets.get(&lane));
                    Does::Finish
                } else {
                    self.wait_again(entry, lane);
                    Does::Pend
                };
                self.push(entry, lane, Place::default(), does);
                self.polling.entry(entry.thread).or_default().pop();
            }
            What::Ready { task } => self.ready.extend(self.tasks.get(task)),
            What::Clone { task } => self.wait(entry, *task, place),
            What::Wake { task } => self.wake(entry, *task, place),
            What::Timer {
                timer,
                kind,
                file,
                line,
                nanos,
            } => {
                if let Some(actor) = self.actor(entry)
                    && file.ends_with(self.file)
                {
                    let kind = match kind.as_str() {
                        "timeout" => LaneKind::Timeout,
                        "interval" => LaneKind::Interval,
                        _ => LaneKind::Timer,
                    };
                    let lane = self.add(kind, *line, Some(actor));
                    self.result.lanes[lane].nanos = *nanos;
                    self.timers.insert(*timer, lane);
                    self.push(entry, actor, place, Does::Make(lane));
                }
            }
            What::Set { timer, millis } => {
                if let (Some(&lane), Some(actor)) = (self.timers.get(timer), self.actor(entry)) {
                    self.over.remove(&lane);
                    self.push(entry, actor, place, Does::Set(lane, *millis));
                }
            }
            What::Polled { timer, ready } => {
                if let (Some(&lane), Some(actor)) = (self.timers.get(timer), self.actor(entry)) {
                    // Whoever polls it, waits for it.
                    self.result.lanes[lane].of = Some(actor);
                    self.result.lanes[lane].branch = self.branch;
                    let does = if *ready {
                        self.over.insert(lane);
                        Does::Ready(lane)
                    } else {
                        self.over.remove(&lane);
                        Does::Wait(lane)
                    };
                    self.push(entry, actor, place, does);
                }
            }
            What::TimerGone { timer } => {
                if let (Some(&lane), Some(actor)) = (self.timers.get(timer), self.actor(entry))
                    && !self.over.contains(&lane)
                {
                    self.push(entry, actor, place, Does::Drop(lane));
                }
            }
            What::Print { text } => {
                let actor = self
                    .actor(entry)
                    .unwrap_or_else(|| self.thread(entry, &place));
                self.push(entry, actor, place, Does::Print(text.clone()));
            }
        }
    }

    fn spawn(
        &mut self,
        entry: &Entry,
        task: u64,
        kind: &str,
        runs: &str,
        (file, line): (&str, u32),
    ) {
        if file.contains(RUNTIME) {
            return;
        }
        let place = entry.stack.place(self.lines);
        let kind = match kind {
            "block_on" => LaneKind::Main,
            "blocking" => LaneKind::Blocking,
            _ => LaneKind::Task,
        };
        let line = match file.ends_with(self.file) {
            true => line,
            // A library spawned it for the listing.
            false => place.line.unwrap_or(1),
        };
        let spawner = match kind {
            LaneKind::Main => None,
            _ => Some(
                self.actor(entry)
                    .unwrap_or_else(|| self.thread(entry, &place)),
            ),
        };
        let lane = self.add(kind, line, spawner);
        let by = entry.stack.innermost();
        let known = &mut self.result.lanes[lane];
        known.name = named(runs)
            .filter(|name| by != Some(name))
            .map(str::to_owned);
        known.spawned_in = by.map(str::to_owned);
        self.tasks.insert(task, lane);
        if entry.stack.has("tokio::task::join_set::") {
            self.sets.extend(spawner.map(|spawner| (lane, spawner)));
        }
        if let Some(spawner) = spawner {
            self.push(entry, spawner, place, Does::Spawn(lane));
        }
    }

    /// A waker of a task was cloned: by what the task waits for, if the task
    /// itself is being polled.
    fn wait(&mut self, entry: &Entry, task: u64, place: Place) {
        let Some(&lane) = self.tasks.get(&task) else {
            return;
        };
        if self.actor(entry) != Some(lane) || self.is_dropping(lane) {
            return;
        }
        // What is handed to `block_on` as it is has no line of its own.
        let own = &self.result.lanes[lane];
        let line = place
            .line
            .or((own.kind == LaneKind::Main).then_some(own.line));
        if let (Some(kind), Some(line)) = (awaited(&entry.stack), line) {
            let place = Place {
                line: Some(line),
                ..place
            };
            let key = (lane, self.branch, kind, line);
            let known = self.waits.get(&key).copied();
            let awaited = known.unwrap_or_else(|| self.add(kind, line, Some(lane)));
            self.waits.insert(key, awaited);
            self.waiting.insert(lane, awaited);
            if kind == LaneKind::Set {
                self.waiting_sets.insert(lane, awaited);
            }
            // A `JoinSet` keeps the waker whether it is ready or not.
            let is_ready = kind == LaneKind::Set && self.set_done.remove(&lane);
            let does = if is_ready {
                Does::Ready(awaited)
            } else {
                Does::Wait(awaited)
            };
            self.push(entry, lane, place, does);
        }
    }

    /// A poll of a task ends pending. If nothing was waited for since something
    /// was ready, it is a `JoinSet` that is waited for again, if there is one:
    /// the waker that it has keeps serving.
    fn wait_again(&mut self, entry: &Entry, lane: usize) {
        let ends =
            |event: &&Event| matches!(event.does, Does::Poll | Does::Wait(_) | Does::Ready(_));
        let last = self.latest(lane).find(ends).map(|event| event.does.clone());
        if let Some(&set) = self.waiting_sets.get(&lane)
            && !matches!(last, Some(Does::Wait(_)))
        {
            let line = Some(self.result.lanes[set].line);
            self.push(
                entry,
                lane,
                Place {
                    line,
                    ..Place::default()
                },
                Does::Wait(set),
            );
        }
    }

    fn wake(&mut self, entry: &Entry, task: u64, place: Place) {
        let Some(&wakes) = self.tasks.get(&task) else {
            return;
        };
        let stack = &entry.stack;
        let by_code = match stack.called().any(|name| name.contains("::drop")) {
            true => Cause::Drop,
            false => Cause::Code,
        };
        let is_timer = |name: &str| name.contains("tokio::runtime::time::");
        let (actor, cause, place) = if stack.called().any(is_timer) {
            (wakes, Cause::Timer, Place::default())
        } else if let Some(actor) = self.actor(entry) {
            (actor, by_code, place)
        } else if let Some(&finished) = self.finished.get(&entry.thread)
            && stack.has("tokio::runtime::task::harness::")
        {
            (finished, Cause::Finished, Place::default())
        } else if place.line.is_none() || stack.called().any(|name| name.contains("::block_on")) {
            (self.runtime(wakes), Cause::Runtime, Place::default())
        } else {
            (self.thread(entry, &place), by_code, place)
        };
        self.push(entry, actor, place, Does::Wake { wakes, cause });
    }

    /// Who wakes a task where the runtime does it by itself: the turn or the
    /// input that the task waits for, if that is it.
    fn runtime(&mut self, wakes: usize) -> usize {
        let awaited = self.waiting.get(&wakes).copied();
        let is_known = |lane: &usize| {
            let kind = self.result.lanes[*lane].kind;
            matches!(kind, LaneKind::Turn | LaneKind::Io)
        };
        if let Some(awaited) = awaited.filter(is_known) {
            return awaited;
        }
        let runtime = self
            .runtime
            .unwrap_or_else(|| self.add(LaneKind::Runtime, 1, None));
        self.runtime = Some(runtime);
        runtime
    }

    fn add(&mut self, kind: LaneKind, line: u32, of: Option<usize>) -> usize {
        self.result.lanes.push(Lane {
            kind,
            line,
            name: None,
            spawned_in: None,
            of,
            branch: self.branch,
            nanos: None,
        });
        self.result.lanes.len() - 1
    }

    fn push(&mut self, entry: &Entry, actor: usize, place: Place, does: Does) {
        let lane = &mut self.result.lanes[actor];
        let may_be_named = matches!(lane.kind, LaneKind::Task | LaneKind::Blocking);
        if may_be_named && lane.name.is_none() && !matches!(does, Does::Wake { .. }) {
            let name = entry.stack.outermost().map(str::to_owned);
            lane.name = name.filter(|name| lane.spawned_in.as_ref() != Some(name));
        }
        let (nanos, usage, thread) = (entry.at, entry.usage, entry.thread);
        self.result.events.push(Event {
            nanos,
            usage,
            thread,
            actor,
            branch: self.branch,
            is_dropping: self.is_dropping_branch,
            place,
            does,
        });
    }

    /// The task that the entry's thread is polling.
    fn actor(&self, entry: &Entry) -> Option<usize> {
        self.polling.get(&entry.thread)?.last().copied()
    }

    /// The lane of a thread that polls no task.
    fn thread(&mut self, entry: &Entry, place: &Place) -> usize {
        if let Some(&lane) = self.threads.get(&entry.thread) {
            return lane;
        }
        let lane = self.add(LaneKind::Thread, place.line.unwrap_or(1), None);
        self.threads.insert(entry.thread, lane);
        lane
    }

    /// What a lane has done so far, the latest first.
    fn latest(&self, lane: usize) -> impl Iterator<Item = &Event> {
        let events = self.result.events.iter().rev();
        events.filter(move |event| event.actor == lane)
    }

    /// Whether a task is being dropped before it has finished.
    fn is_dropping(&self, lane: usize) -> bool {
        let bounds = [Does::Poll, Does::Pend, Does::BeginDrop, Does::EndDrop];
        self.latest(lane)
            .find(|event| bounds.contains(&event.does))
            .is_some_and(|event| event.does == Does::BeginDrop)
    }
}

/// Whether the poll that has just ended was a task's last: its future is
/// dropped within it.
fn has_finished(task: u64, later: &[Entry]) -> bool {
    let next = later
        .iter()
        .find(|entry| matches!(entry.what, What::Enter { task: it } if it == task));
    next.is_some_and(|entry| entry.stack.is_end())
}
