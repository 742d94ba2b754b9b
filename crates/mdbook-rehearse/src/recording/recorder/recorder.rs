//! The log of what happens in a run, and its writing as lines of JSON.

mod stack;
mod trace;
mod waker;

pub use waker::Watched;

use nix::time::{ClockId, clock_gettime};
use std::backtrace::Backtrace;
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::{Arguments, Write as _};
use std::io::Write as _;
use std::panic::Location;
use std::process::{ExitCode, Termination};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The file to write, as `RECORDING=path program`.
const FILE: &str = "RECORDING";

static LOG: LazyLock<Mutex<Log>> = LazyLock::new(Mutex::default);
static START: LazyLock<Instant> = LazyLock::new(Instant::now);
static IS_VIRTUAL: AtomicBool = AtomicBool::new(false);

#[derive(Default)]
struct Log {
    entries: Vec<Entry>,
    /// By thread: its name.
    threads: Vec<String>,
    /// The beginning of a line that is being printed.
    line: String,
}

struct Entry {
    at: Duration,
    usage: Usage,
    thread: usize,
    what: What,
    /// The functions that were under way.
    stack: Option<Backtrace>,
}

/// What happened. Ids are those of tracing's spans.
enum What {
    /// A task, a blocking function or the future of a `block_on` was handed
    /// to a runtime.
    Spawn {
        task: u64,
        kind: String,
        runs: &'static str,
        file: String,
        line: u64,
    },
    /// A task's poll begins, or its future is dropped.
    Enter {
        task: u64,
    },
    Exit {
        task: u64,
    },
    /// The future of a `block_on` was ready.
    Ready {
        task: u64,
    },
    Clone {
        task: u64,
    },
    Wake {
        task: u64,
    },
    Timer {
        timer: u64,
        kind: &'static str,
        file: String,
        line: u64,
        for_: Option<Duration>,
    },
    /// A timer was set to go off after so many milliseconds, rounded by Tokio.
    Set {
        timer: u64,
        millis: u64,
    },
    Polled {
        timer: u64,
        ready: bool,
    },
    TimerGone {
        timer: u64,
    },
    Print {
        text: String,
    },
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes something that happens now, in the functions that are under way.
fn note(what: What) {
    let stack = Some(Backtrace::force_capture());
    lock(&LOG).push(what, stack);
}

/// Notes something of which it does not matter where in the code it happens.
fn note_briefly(what: What) {
    lock(&LOG).push(what, None);
}

impl Log {
    fn push(&mut self, what: What, stack: Option<Backtrace>) {
        let thread = self.thread();
        let (at, usage) = (START.elapsed(), Usage::now());
        self.entries.push(Entry {
            at,
            usage,
            thread,
            what,
            stack,
        });
    }

    fn thread(&mut self) -> usize {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        thread_local! { static NUMBER: Cell<Option<usize>> = const { Cell::new(None) }; }
        NUMBER.get().unwrap_or_else(|| {
            // Under the lock, so that numbers and names go together.
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            NUMBER.set(Some(number));
            let name = thread::current().name().unwrap_or_default().to_owned();
            self.threads.push(name);
            number
        })
    }
}

/// What this thread has had of the machine so far.
struct Usage {
    /// The time that it ran.
    running: Duration,
    /// The time that it waited for a processor
    /// (<https://docs.kernel.org/scheduler/sched-stats.html>).
    waiting: Duration,
    /// How often it gave up its processor by itself, to wait for something.
    pauses: i64,
    /// How often it had to.
    preemptions: i64,
}

impl Usage {
    fn now() -> Usage {
        let running = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        let waiting = text
            .split_whitespace()
            .nth(1)
            .and_then(|nanos| nanos.parse().ok());
        let (pauses, preemptions) = switches();
        Usage {
            running: running.map_or(Duration::ZERO, Duration::from),
            waiting: Duration::from_nanos(waiting.unwrap_or(0)),
            pauses,
            preemptions,
        }
    }
}

/// How often this thread gave up its processor by itself, and had to.
#[cfg(target_os = "linux")]
fn switches() -> (i64, i64) {
    use nix::sys::resource::{UsageWho, getrusage};
    getrusage(UsageWho::RUSAGE_THREAD).map_or((0, 0), |usage| {
        (
            usage.voluntary_context_switches(),
            usage.involuntary_context_switches(),
        )
    })
}

/// Elsewhere it is not known, so it may have done so each time.
#[cfg(not(target_os = "linux"))]
fn switches() -> (i64, i64) {
    (i64::try_from(START.elapsed().as_micros()).unwrap_or(0), 0)
}

/// Prints, and notes each line when it is complete.
pub fn print(to_stderr: bool, text: Arguments<'_>) {
    let text = text.to_string();
    let stack = Backtrace::force_capture();
    let mut log = lock(&LOG);
    if to_stderr {
        _ = std::io::stderr().write_all(text.as_bytes());
    } else {
        _ = std::io::stdout().write_all(text.as_bytes());
        _ = std::io::stdout().flush();
    }
    log.line += &text;
    let mut stack = Some(stack);
    while let Some(end) = log.line.find('\n') {
        let rest = log.line.split_off(end + 1);
        let mut line = std::mem::replace(&mut log.line, rest);
        line.pop();
        // Of several lines at once, the first says where that was.
        log.push(What::Print { text: line }, stack.take());
    }
}

/// The listing's clock is paused, and goes on only when nothing else happens.
pub fn clock_is_virtual() {
    IS_VIRTUAL.store(true, Ordering::Relaxed);
}

/// What is being made of Tokio's.
#[derive(Clone, Copy)]
enum Making {
    Timer {
        kind: &'static str,
        duration: Duration,
        place: &'static Location<'static>,
    },
    /// A task that runs a future or function of this type.
    Task { runs: &'static str },
}

thread_local! { static MAKING: Cell<Option<Making>> = const { Cell::new(None) }; }

/// Until it is dropped, what Tokio says is new is what is being made.
pub struct IsMaking(());

/// Timers of this kind and duration are being made.
#[track_caller]
pub fn making(kind: &'static str, duration: Duration) -> IsMaking {
    let place = Location::caller();
    MAKING.set(Some(Making::Timer {
        kind,
        duration,
        place,
    }));
    IsMaking(())
}

/// A task is being made that runs an `F`.
pub fn spawning<F>() -> IsMaking {
    let runs = std::any::type_name::<F>();
    MAKING.set(Some(Making::Task { runs }));
    IsMaking(())
}

impl Drop for IsMaking {
    fn drop(&mut self) {
        MAKING.set(None);
    }
}

/// Runs a listing's `main`, whose source is `file`, and writes the log.
pub fn run<T: Termination>(file: &str, main: fn() -> T) -> ExitCode {
    LazyLock::force(&START);
    trace::install();
    lock(&LOG).thread();
    let code = main().report();
    if let Some(path) = std::env::var_os(FILE) {
        let text = lock(&LOG).to_text(file);
        if let Err(error) = std::fs::write(path, text) {
            panic!("the recording cannot be written: {error}");
        }
    }
    code
}

impl Log {
    /// A line about the run, then one for each entry.
    fn to_text(&self, file: &str) -> String {
        let threads: Vec<String> = self.threads.iter().map(|name| quoted(name)).collect();
        let is_virtual = IS_VIRTUAL.load(Ordering::Relaxed);
        let mut text = format!(
            "{{\"virtual\":{is_virtual},\"threads\":[{}]}}\n",
            threads.join(",")
        );
        for entry in &self.entries {
            let Usage {
                running,
                waiting,
                pauses,
                preemptions,
            } = &entry.usage;
            let times = [entry.at, *running, *waiting].map(|time| time.as_nanos());
            let (thread, fields) = (entry.thread, entry.what.fields());
            _ = write!(
                text,
                "{{\"at\":{},\"running\":{},\"waiting\":{},\"pauses\":{pauses},\"preemptions\":{preemptions},\"thread\":{thread},{fields}",
                times[0], times[1], times[2]
            );
            if let Some(stack) = &entry.stack {
                _ = write!(text, ",\"stack\":[{}]", stack::frames(stack, file).join(","));
            }
            text += "}\n";
        }
        text
    }
}

impl What {
    fn fields(&self) -> String {
        match self {
            What::Spawn {
                task,
                kind,
                runs,
                file,
                line,
            } => format!(
                "\"what\":\"spawn\",\"task\":{task},\"kind\":{},\"runs\":{},\"file\":{},\"line\":{line}",
                quoted(kind),
                quoted(runs),
                quoted(file)
            ),
            What::Enter { task } => format!("\"what\":\"enter\",\"task\":{task}"),
            What::Exit { task } => format!("\"what\":\"exit\",\"task\":{task}"),
            What::Ready { task } => format!("\"what\":\"ready\",\"task\":{task}"),
            What::Clone { task } => format!("\"what\":\"clone\",\"task\":{task}"),
            What::Wake { task } => format!("\"what\":\"wake\",\"task\":{task}"),
            What::Timer {
                timer,
                kind,
                file,
                line,
                for_,
            } => {
                let for_ = for_.map_or("null".to_owned(), |for_| for_.as_nanos().to_string());
                format!(
                    "\"what\":\"timer\",\"timer\":{timer},\"kind\":{},\"file\":{},\"line\":{line},\"for\":{for_}",
                    quoted(kind),
                    quoted(file)
                )
            }
            What::Set { timer, millis } => {
                format!("\"what\":\"set\",\"timer\":{timer},\"millis\":{millis}")
            }
            What::Polled { timer, ready } => {
                format!("\"what\":\"polled\",\"timer\":{timer},\"ready\":{ready}")
            }
            What::TimerGone { timer } => format!("\"what\":\"timer-gone\",\"timer\":{timer}"),
            What::Print { text } => format!("\"what\":\"print\",\"text\":{}", quoted(text)),
        }
    }
}

/// A string of JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => _ = write!(quoted, "\\u{:04x}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// By span: what it is about.
type Spans<T> = LazyLock<Mutex<HashMap<u64, T>>>;
