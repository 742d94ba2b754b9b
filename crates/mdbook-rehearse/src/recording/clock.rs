//! When each event happened, in the time of the story: timers go off exactly
//! when they are due, and code takes no time, unless it keeps its thread idle
//! for a unit or more. So a recording does not depend on the machine.

use super::events::{Cause, Does, Event, Events};
use super::format::LaneKind;
use super::raw::{Place, Usage};
use std::collections::HashMap;

/// An event with its time, in milliseconds.
#[derive(Debug, Clone)]
pub struct Timed {
    pub at: u64,
    pub event: Event,
}

/// The machine was so busy that the run was not what it would have been: a
/// thread came to something only after what came later, or a poll found a timer
/// gone off that was due later.
#[derive(Debug, PartialEq, Eq)]
pub struct Late {
    /// The line of the lane that was late.
    pub line: u32,
    /// When it should have been, in milliseconds.
    pub due: u64,
}

const MILLI: u64 = 1_000_000;

/// The largest of 1, 10, 50 and 100 that divides all durations of timers, in
/// milliseconds.
pub fn unit(events: &Events) -> u64 {
    let durations: Vec<u64> = events.lanes.iter().filter_map(|lane| lane.nanos).collect();
    let divides = |unit: &u64| durations.iter().all(|nanos| nanos % (unit * MILLI) == 0);
    [100, 50, 10].into_iter().find(divides).unwrap_or(1)
}

/// Gives each event its time.
///
/// # Errors
/// If the machine was too busy, in real time.
pub fn tell(events: &Events, unit: u64, is_virtual: bool) -> Result<Vec<Timed>, Late> {
    let mut clock = Clock {
        events,
        unit,
        is_virtual,
        ..Clock::new(events)
    };
    for event in &events.events {
        clock.tell(event)?;
    }
    Ok(clock.told)
}

struct Clock<'a> {
    events: &'a Events,
    unit: u64,
    is_virtual: bool,
    told: Vec<Timed>,
    threads: HashMap<usize, Thread>,
    /// By lane: when it was spawned or woken.
    ready: HashMap<usize, u64>,
    timers: HashMap<usize, Timer>,
    /// When code last ran.
    latest: u64,
    start: u64,
}

/// What a thread has done so far.
#[derive(Debug, Clone, Copy)]
struct Thread {
    /// When it last ran code.
    at: u64,
    /// Its last event, in nanoseconds, and what it had had of the machine.
    nanos: u64,
    usage: Usage,
    /// Until when something blocked it.
    blocked: u64,
}

/// The nanoseconds of a span for which a thread neither ran nor wanted to.
fn idle(span: u64, running: u64, waiting: u64) -> u64 {
    span.saturating_sub(running).saturating_sub(waiting)
}

/// A timer.
#[derive(Clone, Copy)]
struct Timer {
    due: u64,
    waits: bool,
    was_set: bool,
    has_gone_off: bool,
}

impl<'a> Clock<'a> {
    fn new(events: &'a Events) -> Clock<'a> {
        Clock {
            events,
            unit: 1,
            is_virtual: false,
            told: Vec::new(),
            threads: HashMap::new(),
            ready: HashMap::new(),
            timers: HashMap::new(),
            latest: 0,
            start: events.events.first().map_or(0, |event| event.nanos),
        }
    }

    /// A span of nanoseconds, rounded to whole units.
    fn rounded(&self, nanos: u64) -> u64 {
        (nanos / MILLI + self.unit / 2) / self.unit * self.unit
    }

    fn tell(&mut self, event: &Event) -> Result<(), Late> {
        let mut event = event.clone();
        let known = self.threads.get(&event.thread).copied();
        let mut thread = known.unwrap_or_else(|| self.new_thread(&event));
        let blocked = self.blocked(&thread, &event);
        (thread.nanos, thread.usage) = (event.nanos, event.usage);
        // A timer goes off by itself; all else the thread does.
        let mut by_thread = true;
        let at = match event.does {
            Does::Poll => {
                let ready = self.ready.get(&event.actor).copied();
                let ready = ready.unwrap_or(thread.at);
                if !self.is_virtual && ready < thread.at && thread.blocked < thread.at {
                    return Err(self.late(event.actor, ready));
                }
                ready.max(thread.at)
            }
            Does::BeginDrop => self.latest.max(thread.at),
            Does::Wake {
                cause: Cause::Timer,
                wakes,
            } => {
                by_thread = false;
                let gone_off = self.goes_off(wakes);
                event.actor = gone_off.map_or(event.actor, |(lane, _)| lane);
                // Nobody looks at timers while the thread is blocked.
                gone_off.map_or(thread.at, |(_, due)| due.max(thread.blocked))
            }
            Does::Wake {
                cause: Cause::Runtime | Cause::Finished,
                ..
            } => thread.at,
            _ => {
                let took = blocked.map_err(|()| self.late(event.actor, thread.at))?;
                if took > 0 {
                    let (place, does) = (Place::default(), Does::Block(took));
                    let block = Event {
                        place,
                        does,
                        ..event.clone()
                    };
                    self.told.push(Timed {
                        at: thread.at,
                        event: block,
                    });
                    thread.blocked = thread.at + took;
                }
                thread.at + took
            }
        };
        // A timer that in time would not have gone off yet.
        let early = match event.does {
            Does::Ready(lane) => self.timers.get(&lane),
            Does::Drop(lane) => self.timers.get(&lane).filter(|timer| timer.has_gone_off),
            _ => None,
        };
        if let Some(timer) = early.filter(|timer| timer.due > at && !self.is_virtual) {
            return Err(self.late(event.actor, timer.due));
        }
        if by_thread {
            thread.at = at;
            self.latest = self.latest.max(at);
        }
        self.threads.insert(event.thread, thread);
        self.note(&event, at);
        self.told.push(Timed { at, event });
        Ok(())
    }

    /// A thread at its first event. Since when it is there is not known: if it
    /// polls, it is new; if not, it was there from the beginning, and idle.
    fn new_thread(&self, event: &Event) -> Thread {
        let is_of_runtime = self.events.lanes[event.actor].kind != LaneKind::Thread;
        let at = match event.does {
            Does::Poll if self.ready.contains_key(&event.actor) => 0,
            _ if is_of_runtime => self.latest,
            _ => {
                let Usage {
                    running, waiting, ..
                } = event.usage;
                self.rounded(idle(event.nanos - self.start, running, waiting))
            }
        };
        let (nanos, usage) = (event.nanos, event.usage);
        Thread {
            at,
            nanos,
            usage,
            blocked: at,
        }
    }

    /// For how many milliseconds something has blocked a thread since its last
    /// event.
    ///
    /// # Errors
    /// If that cannot be told from waiting for a processor.
    fn blocked(&self, thread: &Thread, event: &Event) -> Result<u64, ()> {
        let (then, now) = (thread.usage, event.usage);
        if self.is_virtual || then.pauses == now.pauses {
            return Ok(0);
        }
        let span = event.nanos - thread.nanos;
        let running = now.running.saturating_sub(then.running);
        let waiting = now.waiting.saturating_sub(then.waiting);
        let least = self.rounded(idle(span, running, waiting));
        if then.preemptions == now.preemptions {
            return Ok(least);
        }
        // It was made to wait for a processor: perhaps when what blocked it had
        // begun already.
        let most = (idle(span, running, 0) / MILLI + self.unit / 10) / self.unit * self.unit;
        if least == most { Ok(least) } else { Err(()) }
    }

    fn late(&self, lane: usize, due: u64) -> Late {
        let line = self.events.lanes[lane].line;
        Late { line, due }
    }

    fn note(&mut self, event: &Event, at: u64) {
        match event.does {
            Does::Spawn(lane) => _ = self.ready.insert(lane, at),
            Does::Poll => _ = self.ready.remove(&event.actor),
            Does::Wake { wakes, .. } => {
                let ready = self.ready.entry(wakes).or_insert(at);
                *ready = at.min(*ready);
            }
            Does::Make(lane) => {
                let nanos = self.events.lanes[lane].nanos.unwrap_or(0);
                let due = at + nanos.div_ceil(MILLI);
                let timer = Timer {
                    due,
                    waits: false,
                    was_set: false,
                    has_gone_off: false,
                };
                self.timers.insert(lane, timer);
            }
            Does::Set(timer, millis) => {
                let lane = &self.events.lanes[timer];
                let is_interval = lane.kind == LaneKind::Interval;
                let period = lane.nanos.unwrap_or(0).div_ceil(MILLI);
                // In real time, Tokio's number is rounded up and includes how
                // late it is.
                let rounded = (millis + self.unit / 2) / self.unit * self.unit;
                if let Some(known) = self.timers.get_mut(&timer) {
                    known.due = match (self.is_virtual, known.was_set) {
                        (_, false) if !is_interval => known.due,
                        (true, _) => at + millis,
                        (false, true) if is_interval => known.due + period,
                        (false, _) => at + rounded,
                    };
                    known.was_set = true;
                }
            }
            Does::Wait(lane) => {
                if let Some(timer) = self.timers.get_mut(&lane) {
                    (timer.waits, timer.has_gone_off) = (true, false);
                }
            }
            Does::Ready(lane) => {
                if let Some(timer) = self.timers.get_mut(&lane) {
                    timer.waits = false;
                }
            }
            Does::Drop(lane) => _ = self.timers.remove(&lane),
            _ => {}
        }
    }

    /// The timer of a task that goes off next, and when it is due.
    fn goes_off(&mut self, task: usize) -> Option<(usize, u64)> {
        let lanes = &self.events.lanes;
        let of_task = self
            .timers
            .iter_mut()
            .filter(|(lane, _)| lanes[**lane].of == Some(task));
        let (lane, timer) = of_task
            .filter(|(_, timer)| timer.waits)
            .min_by_key(|(lane, timer)| (timer.due, **lane))?;
        (timer.waits, timer.has_gone_off) = (false, true);
        Some((*lane, timer.due))
    }
}
