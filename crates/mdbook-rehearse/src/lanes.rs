//! What is proved of each listing, lane by lane.

use crate::cargo::{Build, Profile, build, clippy};
use crate::command::Action;
use crate::facade;
use crate::finding::{Finding, Findings, RUN};
use crate::listing::{Listing, Proof};
use crate::memory::Memory;
use crate::preprocessor::load_book;
use crate::recording::misfits;
use crate::refusal;
use crate::replay::{Purpose, Replayer, Script as ReplayScript};
use crate::script::Script;
use crate::transcript::Transcript;
use anyhow::Result;
use cargo_metadata::diagnostic::Diagnostic;
use similar::TextDiff;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A book whose listings are put to the test. What several tests need is made
/// once, by the first.
pub struct Rehearsal {
    pub root: PathBuf,
    pub script: Script,
    dev: OnceLock<Result<Build, String>>,
    release: OnceLock<Result<Build, String>>,
    clippy: OnceLock<Result<Vec<(PathBuf, Diagnostic)>, String>>,
    linked: OnceLock<Result<(), String>>,
    memory: OnceLock<Memory>,
}

/// The outcome of one test: the findings, as text.
pub type Verdict = Result<(), String>;

impl Rehearsal {
    /// Reads a book.
    ///
    /// # Errors
    /// If mdBook cannot load it, and the findings about what it shows.
    pub fn open(root: &Path) -> Result<Rehearsal> {
        let book = load_book(root)?;
        Ok(Rehearsal {
            root: root.to_path_buf(),
            script: Script::read(root, &book.book)?,
            dev: OnceLock::new(),
            release: OnceLock::new(),
            clippy: OnceLock::new(),
            linked: OnceLock::new(),
            memory: OnceLock::new(),
        })
    }

    /// What was found, with the command that checks it again.
    pub fn verdict(&self, findings: Vec<Finding>) -> Verdict {
        Findings::new(findings, &self.script.settings().run)
            .into_result()
            .map_err(|findings| findings.to_string())
    }

    /// The build of all listings.
    pub fn build(&self, profile: Profile) -> Result<&Build, String> {
        let once = match profile {
            Profile::Dev => &self.dev,
            Profile::Release => &self.release,
        };
        once.get_or_init(|| {
            build(&self.root, self.script.settings(), profile).map_err(|error| format!("{error:#}"))
        })
        .as_ref()
        .map_err(String::clone)
    }

    /// Makes the folder that rustdoc links.
    pub fn link(&self) -> Result<(), String> {
        let build = self.build(Profile::Dev)?;
        self.linked
            .get_or_init(|| {
                facade::link(&self.root, self.script.settings(), build)
                    .map_err(|error| format!("{error:#}"))
            })
            .clone()
    }

    /// The listing builds without a warning.
    pub fn compiles(&self, listing: &Listing) -> Verdict {
        let build = self.build(Profile::Dev)?;
        let mut findings = complaints(listing, &build.diagnostics);
        if findings.is_empty() && !build.programs.contains_key(&listing.id.name) {
            findings.push(
                Finding::new(
                    &listing.path,
                    1,
                    "`cargo build --examples` builds no such example here",
                    "let the workspace's default-members include the listings' crate, so that \
                     `cargo run --example` finds it",
                )
                .check(&listing.id),
            );
        }
        self.verdict(findings)
    }

    /// Clippy has nothing to say of the listing.
    pub fn is_clean(&self, listing: &Listing) -> Verdict {
        let lints = self
            .clippy
            .get_or_init(|| {
                clippy(&self.root, self.script.settings()).map_err(|error| format!("{error:#}"))
            })
            .as_ref()
            .map_err(String::clone)?;
        self.verdict(complaints(listing, lints))
    }

    /// The listing's recording is one of this very source and transcript.
    pub fn fits_recording(&self, listing: &Listing) -> Verdict {
        let recording = listing.recording.iter();
        self.verdict(recording.flat_map(|it| misfits(listing, it)).collect())
    }

    /// The listing prints what its transcript says. Whether it does is
    /// remembered for the pages.
    pub fn replays(&self, listing: &Listing, transcript: &Transcript) -> Verdict {
        let verdict = self.compare(listing, transcript);
        self.remember(listing, verdict)
    }

    fn compare(&self, listing: &Listing, transcript: &Transcript) -> Verdict {
        let file = listing.beside("console");
        let replayer = Replayer {
            root: &self.root,
            dev: self.build(Profile::Dev)?,
            release: self.release_for(transcript)?,
            limit: self.script.settings().limit(),
            purpose: Purpose::Compare,
        };
        let script = ReplayScript {
            id: &listing.id,
            file: &file,
            transcript,
        };
        self.verdict(replayer.replay(&script).findings)
    }

    fn release_for(&self, transcript: &Transcript) -> Result<Option<&Build>, String> {
        let is_release = |action: &Action| matches!(action, Action::Example { release: true, .. });
        if transcript.steps.iter().any(|step| is_release(&step.action)) {
            self.build(Profile::Release).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The compiler refuses the listing, with the recorded message. Whether it
    /// does is remembered for the pages.
    pub fn is_refused(&self, listing: &Listing) -> Verdict {
        let verdict = self.compare_refusal(listing);
        self.remember(listing, verdict)
    }

    fn remember(&self, listing: &Listing, verdict: Verdict) -> Verdict {
        // By now cargo has written its Cargo.lock.
        let memory = self
            .memory
            .get_or_init(|| Memory::open(&self.root, self.script.settings()));
        let written = match (&verdict, self.build(Profile::Dev)) {
            (Ok(()), Ok(build)) => memory.note(listing, &build.rustc),
            _ => memory.forget(listing),
        };
        verdict.and(written.map_err(|error| format!("what was proved cannot be noted: {error}")))
    }

    fn compare_refusal(&self, listing: &Listing) -> Verdict {
        let Proof::Refused(recorded) = &listing.proof else {
            return Err(format!("{} is not to be refused", listing.id));
        };
        let build = self.build(Profile::Dev)?;
        let file = listing.beside("stderr");
        let said =
            refusal::compile(&self.root, &listing.path, build).map_err(|e| format!("{e:#}"))?;
        let bless = format!(
            "mend the listing; or, if this is right now, record it: {RUN} bless {}",
            listing.id
        );
        let finding = match said {
            None => Finding::new(
                &listing.path,
                1,
                "the compiler accepts this listing, which has a .stderr",
                "let it fail again; or, if it may compile now, delete the .stderr, register it \
                 and bless it",
            ),
            Some(said) if said.codes() != recorded.codes() => Finding::new(
                &file,
                2,
                format!(
                    "the compiler refuses it with {}, not with {}",
                    code_list(&said.codes()),
                    code_list(&recorded.codes())
                ) + "\n"
                    + &difference(&recorded.message, &said.message),
                bless,
            ),
            Some(said) if !said.agrees_with(recorded) => Finding::new(
                &file,
                first_changed_line(&recorded.message, &said.message) + 1,
                format!(
                    "the compiler says something else\n{}",
                    difference(&recorded.message, &said.message)
                ),
                bless,
            ),
            Some(_) => return Ok(()),
        };
        self.verdict(vec![finding.check(&listing.id)])
    }
}

/// What a compiler or linter says of one listing.
fn complaints(listing: &Listing, diagnostics: &[(PathBuf, Diagnostic)]) -> Vec<Finding> {
    diagnostics
        .iter()
        .filter(|(path, _)| *path == listing.path)
        .map(|(path, diagnostic)| {
            let span = diagnostic.spans.iter().find(|span| span.is_primary);
            let rendered = diagnostic
                .rendered
                .as_deref()
                .unwrap_or(&diagnostic.message);
            let what = format!("{}\n{}", diagnostic.message, rendered.trim_end());
            let line = span.map_or(1, |span| span.line_start);
            Finding::new(path, line, what, "let the listing build without a warning")
                .check(&listing.id)
        })
        .collect()
}

fn code_list(codes: &[&str]) -> String {
    if codes.is_empty() {
        "an error that has no code".to_owned()
    } else {
        codes.join(", ")
    }
}

fn difference(old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(2)
        .iter_hunks()
        .flat_map(|hunk| {
            hunk.iter_changes()
                .map(|change| format!("{} {}", change.tag(), change.value()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Counted from 1.
fn first_changed_line(old: &str, new: &str) -> usize {
    let same = old
        .lines()
        .zip(new.lines())
        .take_while(|(old, new)| old == new);
    same.count() + 1
}
