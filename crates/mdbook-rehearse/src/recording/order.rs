//! The order in which events are told. What one thread did keeps its order,
//! and so do cause and effect and the printed lines. What happened on several
//! threads at the same time is told one task after the other, because there
//! the real order is luck and means nothing.

use super::clock::Timed;
use super::events::{Cause, Does, Events};
use super::format::LaneKind;
use std::collections::{BTreeSet, HashMap};

/// What the order of a story is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Luck {
    /// The listing prints its lines in one order: all luck is left out.
    Out,
    /// Its lines come in any order: the story is that of one run, as it was.
    Kept,
}

/// Brings events into the order of the story. `is_pool` says of a thread
/// whether it is one of a pool, to which tasks come by luck.
pub fn order(
    timed: Vec<Timed>,
    events: &Events,
    luck: Luck,
    is_pool: impl Fn(usize) -> bool,
) -> Vec<Timed> {
    if luck == Luck::Kept {
        let mut ordered = timed;
        ordered.sort_by_key(|timed| timed.at);
        return ordered;
    }
    let causes = causes(&timed, events, is_pool);
    let mut left: Vec<usize> = causes.iter().map(BTreeSet::len).collect();
    let mut effects = vec![Vec::new(); timed.len()];
    for (effect, causes) in causes.iter().enumerate() {
        for cause in causes {
            effects[*cause].push(effect);
        }
    }
    let mut free: BTreeSet<usize> = (0..timed.len()).filter(|index| left[*index] == 0).collect();
    let mut ordered = Vec::new();
    let mut last = None;
    while let Some(next) = free.iter().copied().min_by_key(|index| {
        let Timed { at, event } = &timed[*index];
        let goes_on = last == Some(event.actor);
        let lane = &events.lanes[event.actor];
        // Timers before those whom they wake.
        let of = if lane.kind.is_timer() {
            (0, lane.of)
        } else {
            (1, Some(event.actor))
        };
        (*at, !goes_on, of, *index)
    }) {
        free.remove(&next);
        for effect in &effects[next] {
            left[*effect] -= 1;
            if left[*effect] == 0 {
                free.insert(*effect);
            }
        }
        let event = &timed[next].event;
        let is_within = !matches!(event.does, Does::Pend | Does::Finish | Does::EndDrop);
        last = is_within.then_some(event.actor);
        ordered.push(next);
    }
    let mut timed: Vec<Option<Timed>> = timed.into_iter().map(Some).collect();
    ordered
        .into_iter()
        .filter_map(|index| timed[index].take())
        .collect()
}

/// By event: those that must be told before it.
fn causes(
    timed: &[Timed],
    events: &Events,
    is_pool: impl Fn(usize) -> bool,
) -> Vec<BTreeSet<usize>> {
    let mut causes = vec![BTreeSet::new(); timed.len()];
    let mut by_actor: HashMap<usize, usize> = HashMap::new();
    let mut by_thread: HashMap<usize, usize> = HashMap::new();
    // By thread: the timer that went off there last, if nothing came after it.
    let mut timers: HashMap<usize, usize> = HashMap::new();
    // Of each task, what spawned or woke it since its last poll.
    let mut calls: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut waits: HashMap<usize, usize> = HashMap::new();
    let (mut last, mut printed, mut main_is_over) = (None, None, None);
    for (index, Timed { at, event }) in timed.iter().enumerate() {
        let is_timer = matches!(
            event.does,
            Does::Wake {
                cause: Cause::Timer,
                ..
            }
        );
        let causes = &mut causes[index];
        causes.extend(by_actor.insert(event.actor, index));
        if !is_pool(event.thread) {
            let before = match is_timer {
                true => by_thread.get(&event.thread).copied(),
                // A new thread was started by another one.
                false => by_thread.insert(event.thread, index).or(last),
            };
            let timer = timers.remove(&event.thread);
            // In real time a timer may go off late, for a time before.
            let is_before = |before: &usize| timed[*before].at <= *at;
            causes.extend(before.into_iter().chain(timer).filter(is_before));
            if is_timer {
                timers.insert(event.thread, index);
            } else {
                last = Some(index);
            }
        }
        match &event.does {
            Does::Spawn(lane) => calls.entry(*lane).or_default().push(index),
            Does::Wake { wakes, cause } => {
                if *cause == Cause::Timer {
                    causes.extend(waits.get(&event.actor));
                }
                calls.entry(*wakes).or_default().push(index);
            }
            Does::Poll => causes.extend(calls.remove(&event.actor).unwrap_or_default()),
            Does::BeginDrop => {
                causes.extend(calls.remove(&event.actor).unwrap_or_default());
                causes.extend(main_is_over);
            }
            Does::Wait(lane) => _ = waits.insert(*lane, index),
            Does::Print(_) => causes.extend(printed.replace(index)),
            Does::Finish if events.lanes[event.actor].kind == LaneKind::Main => {
                main_is_over = Some(index)
            }
            _ => {}
        }
    }
    causes
}
