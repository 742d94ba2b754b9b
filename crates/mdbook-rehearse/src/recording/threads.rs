//! The threads of a run, and what a story calls them.

use super::events::{Event, Events};
use super::format::LaneKind;
use super::order::Luck;
use super::raw::Log;
use std::collections::HashMap;

/// What a thread is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Worker,
    Blocking,
    /// Neither a worker nor of the blocking pool.
    Own,
}

/// The threads of a run, and the names that they have in its story.
pub struct Threads {
    /// By the log's number of the thread.
    roles: Vec<Role>,
    own: Vec<String>,
    /// By name: the task that is on it.
    taken: HashMap<String, usize>,
    /// By the log's number: the name, where it is to last.
    lasting: HashMap<usize, String>,
}

impl Threads {
    /// The threads of a run's log.
    pub fn of(log: &Log, events: &Events) -> Threads {
        let mut roles = vec![Role::Own; log.threads.len()];
        for thread in log.workers() {
            roles[thread] = Role::Worker;
        }
        for event in &events.events {
            if events.lanes[event.actor].kind == LaneKind::Blocking {
                roles[event.thread] = Role::Blocking;
            }
        }
        let own = log.threads.clone();
        Threads {
            roles,
            own,
            taken: HashMap::new(),
            lasting: HashMap::new(),
        }
    }

    pub fn role(&self, thread: usize) -> Role {
        self.roles[thread]
    }

    /// The name of an event's thread. Without luck, a task is on the first
    /// thread of its pool on which no other task is.
    pub fn name(&mut self, event: &Event, luck: Luck) -> String {
        let pool = match self.role(event.thread) {
            Role::Worker => "worker",
            Role::Blocking => "blocking",
            Role::Own if self.own[event.thread].is_empty() => "thread",
            Role::Own => return self.own[event.thread].clone(),
        };
        let mut names = (1..).map(|number| format!("{pool} {number}"));
        match luck {
            Luck::Out if self.role(event.thread) != Role::Own => {
                let on = self.taken.iter().find(|(_, task)| **task == event.actor);
                let on = on.map(|(name, _)| name.clone());
                let name = on.or_else(|| names.find(|name| !self.taken.contains_key(name)));
                let name = name.expect("there is always a next number");
                self.taken.insert(name.clone(), event.actor);
                name
            }
            _ => {
                let lasting = &mut self.lasting;
                let is_new = |name: &String| !lasting.values().any(|known| known == name);
                let known = lasting.get(&event.thread).cloned();
                let name = known
                    .or_else(|| names.find(is_new))
                    .expect("there is always a next number");
                lasting.insert(event.thread, name.clone());
                name
            }
        }
    }

    /// The event's task leaves its thread.
    pub fn leave(&mut self, event: &Event) {
        self.taken.retain(|_, task| *task != event.actor);
    }
}
