//! The terminal of a replay: every process writes into one pipe, as it would
//! into one terminal, so what they print keeps the order in which it was
//! printed. Each process is a group of its own, and none outlives the replay.

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::collections::BTreeSet;
use std::io::{self, PipeWriter, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// A program may print this many bytes.
pub const LONGEST_OUTPUT: usize = 1 << 20;

/// The process groups that are alive, so that an interrupt ends them too.
static GROUPS: LazyLock<Mutex<BTreeSet<i32>>> = LazyLock::new(Mutex::default);

/// Lets Ctrl-C end every process that was started, and then this one. They are
/// groups of their own, which a terminal's Ctrl-C does not reach.
static END_ON_INTERRUPT: LazyLock<()> = LazyLock::new(|| {
    let handler = || {
        for group in lock(&GROUPS).iter() {
            let _ = killpg(Pid::from_raw(*group), Signal::SIGKILL);
        }
        std::process::exit(130);
    };
    // An error means that the program has a handler of its own.
    let _ = ctrlc::set_handler(handler);
});

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// What has been printed so far, and which processes have ended.
#[derive(Default)]
struct State {
    printed: Vec<u8>,
    /// Where each mark that was written into the pipe lies in `printed`.
    marks: usize,
    closed: bool,
    ended: Vec<Option<(ExitStatus, Instant)>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn update(&self, change: impl FnOnce(&mut State)) {
        change(&mut lock(&self.state));
        self.changed.notify_all();
    }
}

/// Never printed by a program that prints text.
const MARK: &[u8] = b"\0mdbook-rehearse\0";

/// A running replay.
pub struct Stage {
    shared: Arc<Shared>,
    writer: Option<PipeWriter>,
    groups: Vec<i32>,
    marks: usize,
}

/// A process on the stage: the first is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process(usize);

impl Stage {
    /// # Errors
    /// If the system has no pipe left.
    pub fn new() -> io::Result<Stage> {
        LazyLock::force(&END_ON_INTERRUPT);
        let (mut reader, writer) = io::pipe()?;
        let shared = Arc::new(Shared::default());
        let for_reader = Arc::clone(&shared);
        thread::spawn(move || {
            let mut chunk = [0; 8192];
            loop {
                match reader.read(&mut chunk) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => for_reader.update(|state| state.receive(&chunk[..count])),
                }
            }
            for_reader.update(|state| state.closed = true);
        });
        Ok(Stage {
            shared,
            writer: Some(writer),
            groups: Vec::new(),
            marks: 0,
        })
    }

    fn writer(&self) -> io::Result<PipeWriter> {
        let writer = self
            .writer
            .as_ref()
            .expect("the pipe is open until the end");
        writer.try_clone()
    }

    /// Starts a command whose output goes to the pipe.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(&mut self, mut command: Command) -> io::Result<Process> {
        command
            .stdin(Stdio::null())
            .stdout(self.writer()?)
            .stderr(self.writer()?)
            .process_group(0);
        let mut child = command.spawn()?;
        // The command holds ends of the pipe, too.
        drop(command);
        let group = i32::try_from(child.id()).map_err(io::Error::other)?;
        lock(&GROUPS).insert(group);
        self.groups.push(group);
        let process = Process(self.groups.len() - 1);
        self.shared.update(|state| state.ended.push(None));
        let shared = Arc::clone(&self.shared);
        thread::spawn(move || {
            let status = child.wait();
            let now = Instant::now();
            let status = status.unwrap_or_else(|_| ExitStatus::from_raw(0x7f00));
            shared.update(|state| state.ended[process.0] = Some((status, now)));
        });
        Ok(process)
    }

    /// Every process that was started.
    pub fn processes(&self) -> impl Iterator<Item = Process> + use<> {
        (0..self.groups.len()).map(Process)
    }

    /// Sends Ctrl-C to a process.
    pub fn interrupt(&self, process: Process) {
        let _ = killpg(Pid::from_raw(self.groups[process.0]), Signal::SIGINT);
    }

    /// Whether a process has ended, how and when.
    pub fn ended(&self, process: Process) -> Option<(ExitStatus, Instant)> {
        lock(&self.shared.state).ended[process.0]
    }

    /// Whether a process, or one that it started, is still there.
    pub fn is_left(&self, process: Process) -> bool {
        killpg(Pid::from_raw(self.groups[process.0]), None).is_ok()
    }

    /// Waits until a process has ended. `None` if it has not in time, or has
    /// printed too much.
    pub fn wait_end(&self, process: Process, deadline: Instant) -> Option<(ExitStatus, Instant)> {
        self.wait(deadline, |state| {
            state.ended[process.0].is_some() || state.printed.len() > LONGEST_OUTPUT
        });
        self.ended(process)
    }

    /// Waits until everything that has been printed so far has arrived here.
    /// The pipe keeps order, so a mark that comes out of it tells.
    pub fn drain(&mut self, deadline: Instant) -> io::Result<()> {
        self.writer()?.write_all(MARK)?;
        self.marks += 1;
        let marks = self.marks;
        self.wait(deadline, |state| state.marks >= marks);
        Ok(())
    }

    /// Waits until what has been printed from byte `start` on is as `enough`
    /// wants it, or `process` has ended. Says when that was.
    pub fn wait_printed(
        &self,
        start: usize,
        process: Option<Process>,
        deadline: Instant,
        enough: impl Fn(&[u8]) -> bool,
    ) -> Option<Instant> {
        let is_enough = |state: &State| state.printed.get(start..).is_some_and(&enough);
        let over = |state: &State| process.is_some_and(|process| state.ended[process.0].is_some());
        let done = self.wait(deadline, |state| {
            is_enough(state) || over(state) || state.printed.len() > LONGEST_OUTPUT
        });
        let now = Instant::now();
        (done && is_enough(&lock(&self.shared.state))).then_some(now)
    }

    /// Waits until nothing has been printed for a while.
    pub fn wait_quiet(&self, quiet: Duration, deadline: Instant) {
        let mut printed = self.printed_len();
        while self.wait(deadline.min(Instant::now() + quiet), |state| {
            state.printed.len() > printed
        }) && !self.has_printed_too_much()
        {
            printed = self.printed_len();
        }
    }

    /// Ends every process, and waits for the pipe to be empty.
    pub fn close(&mut self, deadline: Instant) {
        self.kill_all();
        self.writer = None;
        self.wait(deadline, |state| state.closed);
    }

    fn kill_all(&self) {
        let mut groups = lock(&GROUPS);
        for group in &self.groups {
            let _ = killpg(Pid::from_raw(*group), Signal::SIGKILL);
            groups.remove(group);
        }
    }

    /// Whether more than [`LONGEST_OUTPUT`] has been printed.
    pub fn has_printed_too_much(&self) -> bool {
        self.printed_len() > LONGEST_OUTPUT
    }

    /// How many bytes have been printed.
    pub fn printed_len(&self) -> usize {
        lock(&self.shared.state).printed.len()
    }

    /// The bytes printed from `start` on.
    pub fn printed_from(&self, start: usize) -> Vec<u8> {
        lock(&self.shared.state).printed[start..].to_vec()
    }

    /// Waits for a condition; whether it came in time.
    fn wait(&self, deadline: Instant, condition: impl Fn(&State) -> bool) -> bool {
        let mut state = lock(&self.shared.state);
        while !condition(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                return false;
            }
            let waited = self.shared.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(|poisoned| poisoned.into_inner()).0;
        }
        true
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.kill_all();
    }
}

impl State {
    fn receive(&mut self, bytes: &[u8]) {
        // A mark may arrive in pieces: look where it could have begun.
        let from = self.printed.len().saturating_sub(MARK.len());
        self.printed.extend_from_slice(bytes);
        let mut from = from;
        while let Some(at) = find(&self.printed[from..], MARK) {
            self.printed.drain(from + at..from + at + MARK.len());
            from += at;
            self.marks += 1;
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
