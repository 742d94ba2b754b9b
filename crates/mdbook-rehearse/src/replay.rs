//! Replaying a transcript: its commands are run for real, and what they print
//! is held against it.

use crate::cargo::Build;
use crate::command::Action;
use crate::compare::{abridged, compare, fits};
use crate::finding::{Finding, RUN};
use crate::listing::ListingId;
use crate::pressure::Pressure;
use crate::stage::{LONGEST_OUTPUT, Process, Stage};
use crate::timing::judge_time;
use crate::transcript::{Pattern, Step, Transcript};
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// What is needed to replay any transcript of a book.
pub struct Replayer<'a> {
    pub root: &'a Path,
    pub dev: &'a Build,
    /// Only if a transcript says `--release`.
    pub release: Option<&'a Build>,
    pub limit: Duration,
    pub purpose: Purpose,
}

/// What a transcript is run for. A step in the background is over when it has
/// printed what is expected, or as many lines, so that no more can make it fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Lines for which `...` stands do not count.
    Compare,
    /// `...` counts as a line, since it may stand for other ones now.
    Record,
}

/// Where other lines than expected were printed, more are waited for until
/// there have been none for so long.
const QUIET: Duration = Duration::from_millis(200);

/// What happened in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performed {
    pub lines: Vec<String>,
    pub elapsed: Duration,
    /// The status of the process that ended with this step, if one did.
    pub status: Option<i32>,
    /// By how much the machine may have held it up; `None` if that is not known.
    pub held_up: Option<Duration>,
}

/// A program that was left running.
struct Job {
    process: Process,
    /// The line that started it, and the status that it must end with.
    line: usize,
    status: i32,
    /// Whether a step says with which status it ended.
    is_judged: bool,
}

/// A whole replay: what happened, and what was wrong with it. After a step
/// that cannot be carried out the replay ends.
#[derive(Debug, Default)]
pub struct Performance {
    pub steps: Vec<Performed>,
    pub findings: Vec<Finding>,
}

/// What a transcript belongs to.
pub struct Script<'a> {
    pub id: &'a ListingId,
    /// The transcript's file, from the book's root.
    pub file: &'a Path,
    pub transcript: &'a Transcript,
}

/// Why a replay cannot go on.
struct Stop {
    what: String,
    mend: String,
}

fn stop(what: impl Into<String>, mend: impl Into<String>) -> Stop {
    let (what, mend) = (what.into(), mend.into());
    Stop { what, mend }
}

fn too_much() -> Stop {
    stop(
        format!("it prints more than {LONGEST_OUTPUT} bytes"),
        "let the listing print what a reader can read",
    )
}

impl Replayer<'_> {
    /// Runs a transcript's commands and compares.
    pub fn replay(&self, script: &Script<'_>) -> Performance {
        let mut performance = self.run(script);
        let findings = script
            .transcript
            .steps
            .iter()
            .zip(&performance.steps)
            .flat_map(|(step, performed)| self.judge(script, step, performed))
            .collect::<Vec<_>>();
        performance.findings.extend(findings);
        performance
    }

    /// Runs a transcript's commands. Only what keeps it from being run to its
    /// end is found.
    pub fn run(&self, script: &Script<'_>) -> Performance {
        let mut performance = Performance::default();
        let mut find = |line: usize, stop: Stop| {
            let finding = Finding::new(script.file, line, stop.what, stop.mend).check(script.id);
            performance.findings.push(finding);
        };
        for (port, line) in script.transcript.ports() {
            if let Err(error) = TcpListener::bind(("127.0.0.1", port)) {
                let what = format!("port {port} is not free before the start: {error}");
                find(
                    line,
                    stop(what, "stop the program that uses it, then try again"),
                );
                return performance;
            }
        }
        let mut stage = match Stage::new() {
            Ok(stage) => stage,
            Err(error) => {
                find(1, stop(format!("no pipe: {error}"), "close some programs"));
                return performance;
            }
        };
        let mut jobs: Vec<Job> = Vec::new();
        let count = script.transcript.steps.len();
        for (index, step) in script.transcript.steps.iter().enumerate() {
            let start = stage.printed_len();
            let performed = self.perform(&mut stage, &mut jobs, step, start, index + 1 == count);
            match performed {
                Ok(performed) => performance.steps.push(performed),
                Err(stopped) => {
                    let printed = stage.printed_from(start);
                    let printed = String::from_utf8_lossy(&printed);
                    let printed: Vec<String> = printed.lines().map(str::to_owned).collect();
                    let shown = if printed.is_empty() {
                        "it has printed nothing".to_owned()
                    } else {
                        format!("it has printed:\n{}", first_of(&printed))
                    };
                    let what = format!("{}; {shown}", stopped.what);
                    let finding = Finding::new(script.file, step.line, what, stopped.mend);
                    performance.findings.push(finding.check(script.id));
                    break;
                }
            }
        }
        stage.close(Instant::now() + self.limit);
        performance
    }

    /// Carries out one step.
    fn perform(
        &self,
        stage: &mut Stage,
        jobs: &mut Vec<Job>,
        step: &Step,
        start: usize,
        is_last: bool,
    ) -> Result<Performed, Stop> {
        let is_line_open = start > 0 && stage.printed_from(start - 1).first() != Some(&b'\n');
        let pressure = Pressure::now();
        let begin = Instant::now();
        let deadline = begin + self.limit;
        let as_expected = |bytes: &[u8]| {
            let bytes = own(bytes, is_line_open);
            read_lines(bytes).is_ok_and(|lines| fits(step, &lines)) && !may_go_on(step, bytes)
        };
        let is_over = |bytes: &[u8]| {
            let lines = own(bytes, is_line_open)
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            let any_lines = step
                .patterns()
                .any(|line| line.pattern == Pattern::AnyLines);
            let can_tell = self.purpose == Purpose::Record || !any_lines;
            as_expected(bytes) || can_tell && lines >= step.patterns().count()
        };
        let process = match &step.action {
            Action::Interrupt { job } => {
                let job = &mut jobs[job - 1];
                if let Some((status, _)) = stage.ended(job.process) {
                    return Err(stop(
                        format!(
                            "the job of line {} has ended before its interrupt, with exit status {}",
                            job.line,
                            code(status)
                        ),
                        "let it run until it is told to stop",
                    ));
                }
                job.is_judged = true;
                stage.interrupt(job.process);
                job.process
            }
            _ => {
                let command = self.command(step)?;
                let program = command.get_program().to_owned();
                stage.start(command).map_err(|error| {
                    stop(
                        format!("cannot start {}: {error}", program.display()),
                        "install it, or correct the command",
                    )
                })?
            }
        };
        let (elapsed, mut status) = if step.background {
            jobs.push(Job {
                process,
                line: step.line,
                status: step.status,
                is_judged: false,
            });
            let ready = stage.wait_printed(start, Some(process), deadline, is_over);
            match (ready, stage.ended(process)) {
                (Some(ready), _) => (ready - begin, None),
                (None, Some((status, end))) => (end - begin, Some(code(status))),
                (None, None) if stage.has_printed_too_much() => return Err(too_much()),
                (None, None) => {
                    return Err(stop(
                        format!("the program is not ready after {:?}", self.limit),
                        "let it print all that is expected when it is ready; or take out of \
                         the transcript what it no longer prints",
                    ));
                }
            }
        } else {
            match stage.wait_end(process, deadline) {
                // It may also have ended while this was noticed.
                _ if stage.has_printed_too_much() => return Err(too_much()),
                Some((status, end)) => (end - begin, Some(code(status))),
                None => {
                    return Err(stop(
                        format!("it has not ended after {:?}", self.limit),
                        "let the listing end; a server is started with a trailing ` &`",
                    ));
                }
            }
        };
        stage
            .drain(deadline)
            .map_err(|error| stop(error.to_string(), "try again"))?;
        // Jobs in the background may still have to print what belongs here.
        if jobs.iter().any(|job| stage.ended(job.process).is_none()) {
            stage.wait_printed(start, None, deadline, is_over);
            if !as_expected(&stage.printed_from(start)) {
                stage.wait_quiet(QUIET, deadline);
            }
        }
        if step.background
            && let Some((ended, _)) = stage.ended(process)
        {
            status = Some(code(ended));
            jobs.iter_mut().for_each(|job| {
                job.is_judged |= job.process == process;
            });
        }
        if is_last {
            self.finish(stage, jobs, deadline)?;
        }
        let lines = read_lines(own(&stage.printed_from(start), is_line_open))
            .map_err(|what| stop(what, "let the listing print text"))?;
        let held_up = Pressure::now().since(pressure);
        Ok(Performed {
            lines,
            elapsed,
            status,
            held_up,
        })
    }

    /// Sees that nothing is left running, and that jobs ended well.
    fn finish(&self, stage: &mut Stage, jobs: &[Job], deadline: Instant) -> Result<(), Stop> {
        for (number, job) in (1..).zip(jobs) {
            let Some((status, _)) = stage.wait_end(job.process, deadline) else {
                return Err(stop(
                    format!("the job of line {} is still running at the end", job.line),
                    format!("end it with `$ kill -INT %{number}`, or let it end by itself"),
                ));
            };
            let status = code(status);
            if !job.is_judged && status != job.status {
                return Err(stop(
                    format!(
                        "the job of line {} ended with exit status {status}",
                        job.line
                    ),
                    format!(
                        "mend it; or, if it must fail, write `# exit status {status}` under it"
                    ),
                ));
            }
        }
        for process in stage.processes() {
            if stage.is_left(process) {
                return Err(stop(
                    "a process that the program started is still running at the end",
                    "let the program wait for the processes that it starts",
                ));
            }
        }
        stage
            .drain(deadline)
            .map_err(|error| stop(error.to_string(), "try again"))
    }

    /// The command that does what a step says.
    fn command(&self, step: &Step) -> Result<Command, Stop> {
        let mut command = match &step.action {
            Action::Example {
                name,
                release,
                args,
                env,
            } => {
                let build = if *release {
                    self.release
                } else {
                    Some(self.dev)
                };
                let program: &PathBuf = build
                    .and_then(|build| build.programs.get(name))
                    .ok_or_else(|| {
                        stop(
                            format!("there is no program of the example `{name}`"),
                            "mend what keeps it from being built",
                        )
                    })?;
                let mut command = Command::new(program);
                command
                    .args(args)
                    .envs(env.iter().map(|(key, value)| (key, value)));
                command
            }
            Action::Curl { args } => {
                let mut command = Command::new("curl");
                // No settings of this machine's user; and no progress meter,
                // which curl does not show in a terminal either.
                command
                    .args(["--disable", "--no-progress-meter", "--noproxy", "*"])
                    .args(args);
                command
            }
            Action::Interrupt { .. } => unreachable!("an interrupt starts nothing"),
        };
        command.current_dir(self.root);
        for variable in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "RUST_LOG"] {
            command.env_remove(variable);
        }
        Ok(command)
    }

    /// Holds one step against what happened in it.
    fn judge(&self, script: &Script<'_>, step: &Step, performed: &Performed) -> Vec<Finding> {
        let bless = format!(
            "mend the listing; or, if this is right now, record it: {RUN} bless {}",
            script.id
        );
        let mut findings = Vec::new();
        let mut find = |line: usize, what: String, mend: &str| {
            findings.push(Finding::new(script.file, line, what, mend).check(script.id));
        };
        if let Err(mismatch) = compare(step, &performed.lines) {
            find(mismatch.line, mismatch.what, &bless);
        }
        if let Some(status) = performed.status.filter(|status| *status != step.status) {
            let what = format!("it ended with exit status {status}, not {}", step.status);
            find(step.line, what, &mend_status(step.status, status));
        }
        if let Some(about) = step.about
            && let Err(what) = judge_time(about, performed.elapsed, performed.held_up)
        {
            find(step.line, what, &bless);
        }
        findings
    }
}

/// What to do about another exit status than the expected one.
pub fn mend_status(expected: i32, status: i32) -> String {
    match status {
        0 => format!(
            "mend the listing; or, if it may succeed now, remove `# exit status {expected}`"
        ),
        _ => format!(
            "mend the listing; or, if it must fail, write `# exit status {status}` under the command"
        ),
    }
}

/// The status as a shell reports it: 128 and the signal for a process that a
/// signal ended.
fn code(status: ExitStatus) -> i32 {
    let by_signal = || status.signal().map_or(-1, |signal| 128 + signal);
    status.code().unwrap_or_else(by_signal)
}

/// The printed lines. A carriage return before the end of a line is dropped,
/// as a terminal would not show it.
fn read_lines(bytes: &[u8]) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        format!(
            "it prints what is not UTF-8, from byte {} on",
            error.valid_up_to()
        )
    })?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// What was printed in a step, without the end of the line that was still open
/// before it: a job may write that apart, after the line was seen.
fn own(bytes: &[u8], is_line_open: bool) -> &[u8] {
    match bytes {
        [b'\n', rest @ ..] if is_line_open => rest,
        bytes => bytes,
    }
}

/// Whether the last line is not finished, and a line of the step that ends in
/// `[..]` fits each beginning of it.
fn may_go_on(step: &Step, bytes: &[u8]) -> bool {
    let last = bytes.rsplit(|byte| *byte == b'\n').next();
    let last = last.and_then(|last| std::str::from_utf8(last).ok());
    let Some(last) = last.filter(|last| !last.is_empty()) else {
        return false;
    };
    step.patterns()
        .any(|line| line.pattern.is_open() && line.pattern.fits(last))
}

/// The first lines of what may be long, for a finding.
fn first_of(lines: &[String]) -> String {
    abridged(lines.iter().map(String::as_str), 20)
}
