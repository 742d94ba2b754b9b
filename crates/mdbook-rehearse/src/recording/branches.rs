//! The futures that a task polls side by side, in a `join!`, a `select!` or
//! beside a timeout, as far as a log tells them apart: by the functions under
//! way and the addresses of their calls.

use super::raw::{Log, Stack, What, named};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The branches of a log's tasks.
#[derive(Debug, Default)]
pub struct Branches {
    nodes: Vec<Node>,
    /// By entry of the log: the branch that is under way, if there is one.
    entries: Vec<Option<usize>>,
    /// The entries in which a branch is not polled, but dropped.
    drops: HashSet<usize>,
}

/// A future that is polled within another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Node {
    task: u64,
    outer: Option<usize>,
    step: Step,
}

/// The way from one future into another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Step {
    /// The line of the outer one that polls.
    line: u32,
    /// The function, or the type, of the inner one; an async block has none.
    name: Option<String>,
    /// Whether what polls it may poll others beside it. If not, it is awaited
    /// through a pin.
    is_beside: bool,
    /// The addresses of the calls between the two.
    calls: Vec<u64>,
}

/// A branch.
#[derive(Debug, Clone, Copy)]
pub struct Branch<'a> {
    /// The number of the branch that it is within.
    pub outer: Option<usize>,
    /// Where it is polled.
    pub line: u32,
    pub name: &'a str,
}

impl Branches {
    /// Finds the branches. What may be several futures at once, is none.
    pub fn of(log: &Log) -> Branches {
        let mut finder = Finder::default();
        let tasks = polled(log);
        let polls = log.entries.iter().zip(&tasks);
        let paths: Vec<Vec<usize>> = polls
            .map(|(entry, task)| task.map_or_else(Vec::new, |task| finder.path(task, &entry.stack)))
            .collect();
        let same = finder.same(log, &paths);
        let unsure = finder.unsure();
        let innermost = |path: &Vec<usize>| {
            let nodes = path.iter().map(|node| same.get(node).unwrap_or(node));
            let sure = nodes.take_while(|node| !unsure.contains(node));
            sure.filter(|node| finder.nodes[**node].is_branch())
                .last()
                .copied()
        };
        let mut branches = Branches {
            entries: paths.iter().map(innermost).collect(),
            drops: HashSet::new(),
            nodes: finder.nodes,
        };
        for (number, (entry, task)) in log.entries.iter().zip(tasks).enumerate() {
            if let What::Print { .. } = entry.what
                && let Some(task) = task
                && let Some(branch) = branches.dropped(task, &entry.stack)
            {
                branches.entries[number] = Some(branch);
                branches.drops.insert(number);
            }
        }
        branches
    }

    /// The branch of a task that is being dropped in the line that polled it.
    fn dropped(&self, task: u64, stack: &Stack) -> Option<usize> {
        let (line, name) = dropped(stack)?;
        let is_like = |number: &usize| {
            let Node { task: of, step, .. } = &self.nodes[*number];
            (*of, step.line, step.name.as_deref()) == (task, line, Some(name))
        };
        let known: HashSet<usize> = self.entries.iter().copied().flatten().collect();
        let mut like = known.into_iter().filter(is_like);
        like.next().filter(|_| like.next().is_none())
    }

    /// The number of the branch that is under way at an entry.
    pub fn at(&self, entry: usize) -> Option<usize> {
        self.entries.get(entry).copied().flatten()
    }

    /// Whether the branch is being dropped.
    pub fn is_drop(&self, entry: usize) -> bool {
        self.drops.contains(&entry)
    }

    pub fn get(&self, number: usize) -> Branch<'_> {
        let node = &self.nodes[number];
        let mut outer = node.outer;
        while let Some(between) = outer.filter(|outer| !self.nodes[*outer].is_branch()) {
            outer = self.nodes[between].outer;
        }
        Branch {
            outer,
            line: node.step.line,
            name: node.step.name.as_deref().unwrap_or_default(),
        }
    }
}

impl Node {
    fn is_branch(&self) -> bool {
        self.step.is_beside && self.step.name.is_some()
    }
}

/// By entry of a log: the task that its thread is polling or dropping.
fn polled(log: &Log) -> Vec<Option<u64>> {
    // By thread, the innermost last: a worker's own loop is a task, too.
    let mut polls: HashMap<usize, Vec<u64>> = HashMap::new();
    let entries = log.entries.iter().map(|entry| {
        let polled = polls.entry(entry.thread).or_default();
        match entry.what {
            What::Enter { task } => polled.push(task),
            What::Exit { .. } => _ = polled.pop(),
            _ => {}
        }
        polled.last().copied()
    });
    entries.collect()
}

#[derive(Default)]
struct Finder {
    nodes: Vec<Node>,
    numbers: HashMap<Node, usize>,
}

impl Finder {
    /// The futures under way within a task's own, from the outside.
    fn path(&mut self, task: u64, stack: &Stack) -> Vec<usize> {
        let mut path = Vec::new();
        for step in steps(stack) {
            let outer = path.last().copied();
            let node = Node { task, outer, step };
            let next = self.nodes.len();
            let number = *self.numbers.entry(node.clone()).or_insert(next);
            if number == next {
                self.nodes.push(node);
            }
            path.push(number);
        }
        path
    }

    /// Futures that are one, by that which was seen first: the same timer is
    /// polled in both, first in a `select!`, say, and then by an await.
    fn same(&self, log: &Log, paths: &[Vec<usize>]) -> HashMap<usize, usize> {
        let mut first: HashMap<u64, &Vec<usize>> = HashMap::new();
        let mut same = HashMap::new();
        for (entry, path) in log.entries.iter().zip(paths) {
            let What::Polled { timer, .. } = entry.what else {
                continue;
            };
            let known = *first.entry(timer).or_insert(path);
            if known.len() != path.len() {
                continue;
            }
            for (known, node) in known.iter().zip(path).filter(|(one, other)| one != other) {
                let [one, other] = [known, node].map(|node| &self.nodes[*node].step.name);
                if one == other {
                    same.insert(*node, *known);
                }
            }
        }
        same
    }

    /// Futures in a line in which two calls of the same function are polled.
    fn unsure(&self) -> HashSet<usize> {
        let place = |node: &Node| (node.task, node.outer, node.step.line);
        let mut known = HashSet::new();
        let branches = self.nodes.iter().filter(|node| node.is_branch());
        let twice: HashSet<_> = branches
            .filter(|node| !known.insert((place(node), &node.step.name)))
            .map(place)
            .collect();
        let numbered = self.nodes.iter().enumerate();
        let unsure = numbered.filter(|(_, node)| twice.contains(&place(node)));
        unsure.map(|(number, _)| number).collect()
    }
}

/// How the names of functions begin that poll several futures, each by a call
/// of its own. Those that poll a collection of futures make all by one call.
const BESIDE: [&str; 9] = [
    "<core::future::poll_fn::PollFn<",
    "<tokio::future::maybe_done::",
    "<tokio::time::timeout::Timeout<",
    "<tokio_util::sync::cancellation_token::",
    "tokio_util::sync::cancellation_token::CancellationToken::run_until",
    "<futures_util::future::join::",
    "<futures_util::future::try_join::",
    "<futures_util::future::select::",
    "<futures_util::future::maybe_done::",
];

/// The same of functions that poll one future in their place.
const THROUGH: [&str; 5] = [
    "<core::pin::Pin<",
    "<&mut F as ",
    "<alloc::boxed::Box<",
    "<tokio::recorder::waker::Watched<",
    "<tokio_util::task::task_tracker::TrackedFuture<",
];

/// The ways from future to future within a task, from the outside, up to where
/// it is not certain which future it is.
fn steps(stack: &Stack) -> Vec<Step> {
    let mut steps = Vec::new();
    // The future around, of which `None` is the task's own.
    let mut outer = None;
    let mut between: Vec<(&str, u64)> = Vec::new();
    for frame in stack.own().rev() {
        let name = frame.name.as_str();
        let Some(line) = frame.line else {
            between.push((name, frame.call));
            continue;
        };
        let is = |name: &&str, known: &[&str]| known.iter().any(|known| name.starts_with(known));
        let names: BTreeSet<&str> = between.iter().map(|(name, _)| *name).collect();
        // Without a line, it is what `join!` and `select!` wrote there.
        let is_macro = |name: &&str| name.contains("::listing::") && name.ends_with("{{closure}}");
        let is_known = |name: &&str| is(name, &BESIDE) || is(name, &THROUGH) || is_macro(name);
        // A closure of the listing's own, which may poll anything.
        let is_closure = between
            .last()
            .is_some_and(|(name, _)| is(name, &BESIDE[..1]));
        if is_closure || !names.iter().all(is_known) {
            break;
        }
        let is_beside = names.iter().any(|name| !is(name, &THROUGH));
        match outer {
            None if is_beside => break,
            Some(line) if !between.is_empty() => steps.push(Step {
                line,
                name: named(name).map(str::to_owned),
                is_beside,
                calls: between.iter().map(|(_, call)| *call).collect(),
            }),
            _ => {}
        }
        // Only an async function or block polls one future after the other.
        if !name.ends_with("::{{closure}}") {
            break;
        }
        outer = Some(line);
        between.clear();
    }
    steps
}

/// The line in which the innermost future of an async function is being
/// dropped, before it is done, and its name.
fn dropped(stack: &Stack) -> Option<(u32, &str)> {
    let mut frames = stack.own().map(|frame| (frame.name.as_str(), frame.line));
    let future = frames.find_map(|(name, _)| {
        let dropped = name.strip_prefix("core::ptr::drop_in_place<")?;
        let function = dropped.strip_suffix("::{{closure}}>")?;
        let is_one = !function.contains(['<', '(', ',', '[']);
        is_one.then(|| named(dropped)).flatten()
    })?;
    Some((frames.find_map(|(_, line)| line)?, future))
}
