//! One run of a listing, from its program to its recording.

use super::EXTENSION;
use super::clock::Late;
use super::format::{Lane, LaneKind, Recording};
use super::order::Luck;
use super::program::RECORDED;
use super::raw::Log;
use super::story::tell;
use crate::command::Action;
use crate::compare::compare;
use crate::finding::{Finding, RUN};
use crate::listing::{Listing, ListingId, Proof};
use crate::stage::Stage;
use crate::transcript::Step;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The worker threads of a multi-thread runtime that does not say how many:
/// the same on each machine.
const WORKERS: &str = "4";

/// The only step of a listing's transcript, if the listing can be recorded.
///
/// # Errors
/// Why it cannot.
pub fn recordable(listing: &Listing) -> Result<&Step, Finding> {
    let find = |what: &str| {
        let what = format!("it cannot be recorded: {what}");
        let mend =
            format!("recorded are {RECORDED}; choose another listing, or delete the recording");
        Finding::new(&listing.path, 1, what, mend).check(&listing.id)
    };
    let transcript = match &listing.proof {
        Proof::Prints(transcript) => transcript,
        Proof::Refused(_) => return Err(find("the compiler refuses it")),
        Proof::Unrecorded { .. } => {
            let what = "it cannot be recorded: it has no transcript yet";
            let mend = format!("{RUN} bless {}", listing.id);
            return Err(Finding::new(&listing.path, 1, what, mend).check(&listing.id));
        }
    };
    if transcript.has_background() {
        return Err(find("its transcript leaves it running, as a server"));
    }
    let [step] = &transcript.steps[..] else {
        return Err(find("its transcript has several commands"));
    };
    match &step.action {
        Action::Example { release: true, .. } => {
            Err(find("it runs as a release build, which tells less"))
        }
        Action::Example { .. } if step.status != 0 => {
            Err(find("its run ends with an exit status other than 0"))
        }
        Action::Example { .. } if !listing.source.contains("tokio::") => {
            Err(find("it names no Tokio"))
        }
        Action::Example { .. } => Ok(step),
        Action::Curl { .. } | Action::Interrupt { .. } => {
            Err(find("its transcript does not run it"))
        }
    }
}

/// Whether the order of its lines is luck.
pub fn luck(step: &Step) -> Luck {
    match step.sections.iter().any(|section| section.any_order) {
        true => Luck::Kept,
        false => Luck::Out,
    }
}

/// Runs programs for their recordings.
pub struct Runner<'a> {
    pub root: &'a Path,
    pub programs: &'a BTreeMap<ListingId, PathBuf>,
    pub limit: Duration,
}

impl Runner<'_> {
    /// Runs a listing and tells its story.
    ///
    /// # Errors
    /// What keeps it from being recorded.
    pub fn record(&self, listing: &Listing) -> Result<Recording, Vec<Finding>> {
        let step = recordable(listing).map_err(|finding| vec![finding])?;
        let find = |line: usize, what: String, mend: String| {
            let file = if line == 0 {
                listing.beside(EXTENSION)
            } else {
                listing.path.clone()
            };
            vec![Finding::new(file, line.max(1), what, mend).check(&listing.id)]
        };
        let (log, printed) = self
            .run(listing, step)
            .map_err(|(what, mend)| find(1, what, mend))?;
        if log.has_unwatched() {
            let what = "it cannot be recorded: it calls a `block_on` that is not a runtime's, such as a handle's";
            let mend = format!("recorded are {RECORDED}; choose another listing");
            return Err(find(1, what.to_owned(), mend));
        }
        let file = format!("listings/{}.rs", listing.id);
        let recording =
            tell(&log, &file, &listing.source, luck(step)).map_err(|Late { line, due }| {
                let what = format!(
                    "the machine was too busy to record: what was due at {due} ms came after what \
                     was due later"
                );
                let mend = "record it when other programs leave it the time; what computes for \
                            long cannot be recorded beside timers";
                find(line as usize, what, mend.to_owned())
            })?;
        let is_tokio = |lane: &Lane| matches!(lane.kind, LaneKind::Main | LaneKind::Task);
        if !recording.lanes.iter().any(is_tokio) {
            let what = "its run has no task and no `block_on` of Tokio".to_owned();
            return Err(find(1, what, format!("recorded are {RECORDED}")));
        }
        if recording.printed() != printed {
            let what =
                "it prints by other means than `println!` and its like, which cannot be recorded";
            return Err(find(
                1,
                what.to_owned(),
                "let it print with `println!`".to_owned(),
            ));
        }
        if let Err(mismatch) = compare(step, &printed) {
            let file = listing.beside("console");
            let what = format!("when it is recorded, {}", mismatch.what);
            let mend = format!("bless the listing first: {RUN} bless {}", listing.id);
            return Err(vec![
                Finding::new(file, mismatch.line, what, mend).check(&listing.id),
            ]);
        }
        Ok(recording)
    }

    /// The log of a run, and what was printed.
    fn run(&self, listing: &Listing, step: &Step) -> Result<(Log, Vec<String>), (String, String)> {
        let again = || "mend the listing, then record it again".to_owned();
        let program = self.programs.get(&listing.id);
        let program =
            program.ok_or_else(|| ("cargo built no program of it".to_owned(), again()))?;
        let file = program.with_extension("log.jsonl");
        _ = std::fs::remove_file(&file);
        let mut command = Command::new(program);
        if let Action::Example { args, env, .. } = &step.action {
            command
                .args(args)
                .envs(env.iter().map(|(key, value)| (key, value)));
        }
        command
            .current_dir(self.root)
            .env("RECORDING", &file)
            .env("TOKIO_WORKER_THREADS", WORKERS);
        for variable in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "RUST_LOG"] {
            command.env_remove(variable);
        }
        let failed = |error: std::io::Error| (error.to_string(), "try again".to_owned());
        let deadline = Instant::now() + self.limit;
        let mut stage = Stage::new().map_err(failed)?;
        let process = stage.start(command).map_err(failed)?;
        let ended = stage.wait_end(process, deadline);
        stage.drain(deadline).map_err(failed)?;
        let printed = String::from_utf8_lossy(&stage.printed_from(0)).into_owned();
        stage.close(deadline);
        match ended {
            None => {
                let what = format!(
                    "its run for the recording has not ended after {:?}",
                    self.limit
                );
                return Err((what, "let the listing end".to_owned()));
            }
            Some((status, _)) if !status.success() => {
                return Err((
                    format!("its run for the recording ended with {status}\n{printed}"),
                    again(),
                ));
            }
            Some(_) => {}
        }
        let text = std::fs::read_to_string(&file).map_err(|_| {
            let what = "it ended by `process::exit`, before it could be recorded".to_owned();
            (what, "let it return from `main`".to_owned())
        })?;
        let log = Log::parse(&text).map_err(|error| {
            (
                format!("the log of its run cannot be read: {error}"),
                again(),
            )
        })?;
        Ok((log, printed.lines().map(str::to_owned).collect()))
    }
}
