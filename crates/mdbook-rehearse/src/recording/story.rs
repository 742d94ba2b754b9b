//! From the log of a run to its recording.

use super::clock::{self, Late, Timed};
use super::events::{Cause, Does, Event, Events};
use super::format::{Clock, Lane, LaneKind, Recording, Step, VERSION, What, fingerprint};
use super::order::{Luck, order};
use super::raw::Log;
use super::threads::{Role, Threads};
use std::collections::HashMap;

/// Tells the story of a run of a listing with this source.
///
/// # Errors
/// If the machine was so busy that a timer went off too late.
pub fn tell(log: &Log, file: &str, source: &str, luck: Luck) -> Result<Recording, Late> {
    let lines = u32::try_from(source.lines().count()).unwrap_or(u32::MAX);
    let events = Events::read(log, file, lines);
    let unit = if log.is_virtual {
        1
    } else {
        clock::unit(&events)
    };
    let timed = clock::tell(&events, unit, log.is_virtual)?;
    let pool = Threads::of(log, &events);
    let ordered = order(timed, &events, luck, |thread| {
        pool.role(thread) != Role::Own
    });
    if let Some(Timed { at, event }) = turned(&ordered, &events) {
        let line = events.lanes[event.actor].line;
        return Err(Late { line, due: *at });
    }
    let mut writer = Writer {
        events: &events,
        main: main_line(source),
        tasks_awaited: awaited_tasks(&ordered, &events),
        threads: pool,
        luck,
        lanes: HashMap::new(),
        branches: HashMap::new(),
        recording: Recording {
            version: VERSION,
            source: fingerprint(source),
            clock: if log.is_virtual {
                Clock::Virtual
            } else {
                Clock::Real
            },
            unit_ms: unit,
            threads: Vec::new(),
            lanes: Vec::new(),
            steps: Vec::new(),
        },
    };
    for (index, timed) in ordered.iter().enumerate() {
        writer.write(index, timed);
    }
    Ok(writer.recording)
}

/// An event that comes after a later one, or a line that was not printed next.
fn turned<'a>(ordered: &'a [Timed], events: &Events) -> Option<&'a Timed> {
    let is_print = |event: &&Event| matches!(event.does, Does::Print(_));
    let mut printed = events.events.iter().filter(is_print);
    let mut latest = 0;
    ordered.iter().find(|Timed { at, event }| {
        let is_early = *at < latest;
        latest = latest.max(*at);
        is_early || is_print(&event) && printed.next().is_none_or(|next| next.does != event.does)
    })
}

/// The line of an `async fn main`.
fn main_line(source: &str) -> Option<u32> {
    let at = source
        .lines()
        .position(|line| line.trim_start().starts_with("async fn main("))?;
    u32::try_from(at + 1).ok()
}

/// By the event of a wait for a handle: the task that ended it. Which task a
/// handle is of is seen only when that task wakes whoever waits.
fn awaited_tasks(ordered: &[Timed], events: &Events) -> HashMap<usize, usize> {
    let mut tasks = HashMap::new();
    // By task: the event of its wait; none if it waits for several handles.
    let mut waits: HashMap<usize, Option<usize>> = HashMap::new();
    for (index, Timed { event, .. }) in ordered.iter().enumerate() {
        match event.does {
            Does::Poll => _ = waits.remove(&event.actor),
            Does::Wait(lane) if events.lanes[lane].kind == LaneKind::Handle => {
                let wait = waits.entry(event.actor);
                wait.and_modify(|wait| *wait = None).or_insert(Some(index));
            }
            Does::Wake {
                wakes,
                cause: Cause::Finished,
            } => {
                let wait = waits.remove(&wakes).flatten();
                tasks.extend(wait.map(|wait| (wait, event.actor)));
            }
            _ => {}
        }
    }
    tasks
}

struct Writer<'a> {
    events: &'a Events,
    main: Option<u32>,
    tasks_awaited: HashMap<usize, usize>,
    threads: Threads,
    luck: Luck,
    /// By lane of the events: that of the recording.
    lanes: HashMap<usize, usize>,
    /// By number of a branch: its lane in the recording.
    branches: HashMap<usize, usize>,
    recording: Recording,
}

impl Writer<'_> {
    fn write(&mut self, index: usize, Timed { at, event }: &Timed) {
        let what = match &event.does {
            Does::Spawn(_) => What::Spawn,
            Does::Poll => What::Poll,
            Does::Pend => What::Pending,
            Does::Finish => What::Done,
            Does::BeginDrop | Does::Drop(_) => What::Drop,
            Does::Wait(_) => {
                let task = self.tasks_awaited.get(&index).copied();
                What::Wait {
                    task: task.map(|task| self.lane(task)),
                }
            }
            Does::Ready(_) => What::Ready,
            Does::Wake { wakes, cause } => What::Wake {
                wakes: self.lane(*wakes),
                drops: *cause == Cause::Drop,
            },
            Does::Print(text) => What::Print {
                text: text.clone(),
                drops: event.is_dropping,
            },
            Does::Block(ms) => What::Block { ms: *ms },
            Does::EndDrop => return self.threads.leave(event),
            Does::Make(_) | Does::Set(..) => return,
        };
        let lane = match event.does {
            Does::Spawn(lane) | Does::Wait(lane) | Does::Ready(lane) | Does::Drop(lane) => {
                self.lane(event.actor);
                self.lane(lane)
            }
            Does::Print(_)
            | Does::Wake {
                cause: Cause::Code | Cause::Drop,
                ..
            } => self.within(event.actor, event.branch),
            _ => self.lane(event.actor),
        };
        let thread = match event.does {
            Does::Wake { cause, .. } if !matches!(cause, Cause::Code | Cause::Drop) => None,
            _ => {
                let name = self.threads.name(event, self.luck);
                let known = &mut self.recording.threads;
                let place = known.iter().position(|thread| *thread == name);
                Some(place.unwrap_or_else(|| {
                    known.push(name);
                    known.len() - 1
                }))
            }
        };
        if matches!(event.does, Does::Pend | Does::Finish) {
            self.threads.leave(event);
        }
        let (line, via) = (event.place.line, event.place.via.clone());
        self.recording.steps.push(Step {
            at: *at,
            lane,
            thread,
            line,
            via,
            what,
        });
    }

    /// The recording's number of a lane, which appears if it is new.
    fn lane(&mut self, number: usize) -> usize {
        if let Some(lane) = self.lanes.get(&number) {
            return *lane;
        }
        let known = &self.events.lanes[number];
        let other = known.of.map(|other| self.within(other, known.branch));
        let is_spawned = known.kind.runs();
        // `#[tokio::main]` makes of the body a call of `block_on` in `main`.
        let is_main = known.kind == LaneKind::Main && known.spawned_in.as_deref() == Some("main");
        let main = self.main.filter(|_| is_main);
        let lane = Lane {
            kind: known.kind,
            line: main.unwrap_or(known.line),
            name: main.map(|_| "main".to_owned()).or(known.name.clone()),
            by: other.filter(|_| is_spawned),
            of: other.filter(|_| !is_spawned),
            ms: known.nanos.map(|nanos| nanos.div_ceil(1_000_000)),
        };
        // A timer that is made anew in each turn of a loop is one lane.
        let old = self
            .recording
            .lanes
            .iter()
            .position(|old| *old == lane && lane.kind.is_timer());
        let number_of_lane = old.filter(|old| self.is_over(*old)).unwrap_or_else(|| {
            self.recording.lanes.push(lane);
            self.recording.lanes.len() - 1
        });
        self.lanes.insert(number, number_of_lane);
        number_of_lane
    }

    /// The recording's number of a task's branch, or of the task itself.
    fn within(&mut self, task: usize, branch: Option<usize>) -> usize {
        let Some(number) = branch else {
            return self.lane(task);
        };
        if let Some(lane) = self.branches.get(&number) {
            return *lane;
        }
        let branch = self.events.branches.get(number);
        let lane = Lane {
            kind: LaneKind::Branch,
            line: branch.line,
            name: Some(branch.name.to_owned()),
            by: None,
            of: Some(self.within(task, branch.outer)),
            ms: None,
        };
        self.recording.lanes.push(lane);
        let lane = self.recording.lanes.len() - 1;
        self.branches.insert(number, lane);
        lane
    }

    /// Whether a timer has gone off, or is gone.
    fn is_over(&self, lane: usize) -> bool {
        let mut own = self
            .recording
            .steps
            .iter()
            .rev()
            .filter(|step| step.lane == lane);
        own.next()
            .is_some_and(|step| matches!(step.what, What::Ready | What::Drop))
    }
}
