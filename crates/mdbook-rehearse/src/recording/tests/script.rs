//! Logs that grow by what happens.

use crate::recording::clock::Late;
use crate::recording::format::Recording;
use crate::recording::order::Luck;
use crate::recording::raw::Log;
use crate::recording::story::tell;
use crate::recording::words::sentences;
use std::fmt::Write as _;

const FILE: &str = "listings/tea/kettle.rs";

/// A log that grows by what happens.
pub struct Run {
    pub text: String,
    /// Microseconds since the start.
    now: u64,
    thread: usize,
    pub pauses: u64,
}

/// The functions of a task's poll, from the inside: one at this line.
fn polled(line: u32) -> String {
    format!(
        r#"[["program::listing::boil::{{{{closure}}}}",{line}],["<tracing::instrument::Instrumented<T> as core::future::future::Future>::poll",null]]"#
    )
}

/// The same, in functions of Tokio that the line has called.
pub fn within(function: &str, line: u32) -> String {
    polled(line).replacen('[', &format!(r#"[["{function}",null],"#), 1)
}

impl Run {
    pub fn new(is_virtual: bool, threads: &[&str]) -> Run {
        let text = format!("{{\"virtual\":{is_virtual},\"threads\":{threads:?}}}\n");
        Run {
            text,
            now: 0,
            thread: 0,
            pauses: 0,
        }
    }

    /// Goes on to a time, in milliseconds.
    pub fn at(&mut self, millis: f64) -> &mut Run {
        self.now = (millis * 1000.0) as u64;
        self
    }

    pub fn on(&mut self, thread: usize) -> &mut Run {
        self.thread = thread;
        self
    }

    pub fn note(&mut self, what: &str, fields: &str, stack: &str) -> &mut Run {
        let (at, thread, pauses) = (self.now * 1000, self.thread, self.pauses);
        let stack = if stack.is_empty() { "[]" } else { stack };
        let _ = writeln!(
            self.text,
            r#"{{"at":{at},"thread":{thread},"pauses":{pauses},"what":"{what}",{fields},"stack":{stack}}}"#
        );
        self.now += 20;
        self
    }

    pub fn spawn(&mut self, task: u64, kind: &str, line: u32) -> &mut Run {
        let fields =
            format!(r#""task":{task},"kind":"{kind}","file":"bin/../{FILE}","line":{line}"#);
        // `#[tokio::main]` calls `block_on` in `main` itself.
        let by = match kind {
            "block_on" => polled(line).replace("boil::{{closure}}", "main"),
            _ => polled(line),
        };
        self.note("spawn", &fields, &by)
    }

    pub fn enter(&mut self, task: u64) -> &mut Run {
        self.note(
            "enter",
            &format!(r#""task":{task}"#),
            &polled(0).replace(",0]", ",null]"),
        )
    }

    pub fn exit(&mut self, task: u64) -> &mut Run {
        self.note("exit", &format!(r#""task":{task}"#), "")
    }

    /// The future of a task is dropped, as its last poll or a cancellation does.
    pub fn dropped(&mut self, task: u64, by: &str) -> &mut Run {
        let stack = format!(
            r#"[["<tracing::instrument::Instrumented<T> as core::ops::drop::Drop>::drop",null],["tokio::runtime::task::harness::{by}",null]]"#
        );
        self.note("enter", &format!(r#""task":{task}"#), &stack)
            .exit(task)
    }

    /// The last poll of a task ends.
    pub fn finish(&mut self, task: u64) -> &mut Run {
        self.exit(task).dropped(task, "poll_future")
    }

    /// The future of a `block_on` is ready.
    pub fn finish_main(&mut self, task: u64) -> &mut Run {
        self.note("ready", &format!(r#""task":{task}"#), "")
            .exit(task)
            .dropped(task, "drop_join_handle")
    }

    pub fn timer(&mut self, timer: u64, line: u32, millis: u64) -> &mut Run {
        self.timer_within(timer, line, millis, &polled(line))
    }

    /// A timer is made and found pending with these functions under way.
    pub fn timer_within(&mut self, timer: u64, line: u32, millis: u64, stack: &str) -> &mut Run {
        let nanos = millis * 1_000_000;
        let fields = format!(
            r#""timer":{timer},"kind":"timer","file":"bin/../{FILE}","line":{line},"for":{nanos}"#
        );
        let rounded = millis + 1;
        self.note("timer", &fields, stack)
            .note("set", &format!(r#""timer":{timer},"millis":{rounded}"#), "")
            .poll_within(timer, false, stack)
    }

    pub fn poll(&mut self, timer: u64, line: u32, ready: bool) -> &mut Run {
        self.poll_within(timer, ready, &polled(line))
    }

    pub fn poll_within(&mut self, timer: u64, ready: bool, stack: &str) -> &mut Run {
        let fields = format!(r#""timer":{timer},"ready":{ready}"#);
        self.note("polled", &fields, stack)
    }

    pub fn timer_gone(&mut self, timer: u64, line: u32) -> &mut Run {
        self.note("timer-gone", &format!(r#""timer":{timer}"#), &polled(line))
    }

    pub fn keeps_waker(&mut self, task: u64, function: &str, line: u32) -> &mut Run {
        self.note(
            "clone",
            &format!(r#""task":{task}"#),
            &within(function, line),
        )
    }

    pub fn wake(&mut self, task: u64, stack: &str) -> &mut Run {
        self.note("wake", &format!(r#""task":{task}"#), stack)
    }

    pub fn timer_wakes(&mut self, task: u64) -> &mut Run {
        self.wake(task, r#"[["tokio::runtime::time::Driver::park",null]]"#)
    }

    pub fn end_wakes(&mut self, task: u64) -> &mut Run {
        self.wake(
            task,
            r#"[["tokio::runtime::task::harness::Harness::complete",null]]"#,
        )
    }

    pub fn print(&mut self, text: &str, line: u32) -> &mut Run {
        self.print_within(text, &polled(line))
    }

    pub fn print_within(&mut self, text: &str, stack: &str) -> &mut Run {
        self.note("print", &format!(r#""text":"{text}""#), stack)
    }

    pub fn tell(&self) -> Result<Recording, Late> {
        let log = Log::parse(&self.text).expect("the log is well formed");
        let source = "async fn main() {\n".to_owned() + &"\n".repeat(39);
        tell(&log, FILE, &source, Luck::Out)
    }

    pub fn words(&self) -> Vec<String> {
        let recording = self.tell().expect("the machine was not busy");
        let at = recording.steps.iter().map(|step| step.at);
        at.zip(sentences(&recording))
            .map(|(at, sentence)| format!("{at}: {sentence}"))
            .collect()
    }
}
