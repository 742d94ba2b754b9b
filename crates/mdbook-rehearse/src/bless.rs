//! The command `bless`: recording what listings print and what the compiler
//! says, by the code that the tests compare with.

use crate::cargo::{Build, Profile, build};
use crate::catalog::Catalog;
use crate::command::Action;
use crate::finding::{Finding, Findings};
use crate::listing::{Listing, Proof};
use crate::refusal;
use crate::replay::{Purpose, Replayer, Script, mend_status};
use crate::settings::Settings;
use crate::transcript::Transcript;
use crate::update::update;
use anyhow::{Context, Result};
use similar::TextDiff;
use std::path::Path;

/// Records the listings that `filter` names (a part of `chapter/name`), and
/// shows what changed.
///
/// # Errors
/// The findings that keep a listing from being recorded: above all a failure
/// that its transcript does not declare. Every other listing is recorded.
pub fn bless(root: &Path, filter: &str) -> Result<()> {
    let run = Settings::default().run;
    let (settings, _) =
        Settings::read(root).map_err(|finding| Findings::new(vec![finding], &run))?;
    let (catalog, found) = Catalog::read(root, &settings);
    let named: Vec<&Listing> = catalog.named(filter).collect();
    // What the recording itself mends is no obstacle.
    let mut findings: Vec<Finding> = found
        .into_iter()
        .filter(|finding| finding.filter.contains(filter))
        .filter(|finding| {
            !named
                .iter()
                .any(|l| matches!(l.proof, Proof::Unrecorded { .. }) && l.path == finding.file)
        })
        .collect();
    anyhow::ensure!(
        !named.is_empty() || !findings.is_empty(),
        "no listing is named `{filter}`"
    );
    let dev = build(root, &settings, Profile::Dev)?;
    let release = match named.iter().any(|listing| is_release(listing)) {
        true => Some(build(root, &settings, Profile::Release)?),
        false => None,
    };
    let recorder = Recorder {
        root,
        replayer: Replayer {
            root,
            dev: &dev,
            release: release.as_ref(),
            limit: settings.limit(),
            purpose: Purpose::Record,
        },
        dev: &dev,
    };
    let (mut changed, mut same) = (0, 0);
    for listing in named {
        match recorder.record(listing)? {
            Ok(true) => changed += 1,
            Ok(false) => same += 1,
            Err(found) => findings.extend(found),
        }
    }
    println!("{changed} recorded anew, {same} unchanged");
    Ok(Findings::new(findings, &settings.run).into_result()?)
}

fn is_release(listing: &Listing) -> bool {
    let Proof::Prints(transcript) = &listing.proof else {
        return false;
    };
    transcript
        .steps
        .iter()
        .any(|step| matches!(step.action, Action::Example { release: true, .. }))
}

struct Recorder<'a> {
    root: &'a Path,
    replayer: Replayer<'a>,
    dev: &'a Build,
}

impl Recorder<'_> {
    /// Records one listing: whether its file changed, or why it was not
    /// recorded.
    fn record(&self, listing: &Listing) -> Result<Result<bool, Vec<Finding>>> {
        match &listing.proof {
            Proof::Prints(transcript) => self.record_transcript(listing, transcript),
            Proof::Unrecorded { registered: true } => {
                self.record_transcript(listing, &Transcript::unrecorded(&listing.id.name))
            }
            Proof::Refused(_) | Proof::Unrecorded { registered: false } => {
                self.record_refusal(listing)
            }
        }
    }

    fn record_transcript(
        &self,
        listing: &Listing,
        transcript: &Transcript,
    ) -> Result<Result<bool, Vec<Finding>>> {
        let file = listing.beside("console");
        let script = Script {
            id: &listing.id,
            file: &file,
            transcript,
        };
        let performance = self.replayer.run(&script);
        let mut findings = performance.findings;
        for (step, performed) in transcript.steps.iter().zip(&performance.steps) {
            if let Some(status) = performed.status.filter(|status| *status != step.status) {
                let what = format!(
                    "it ended with exit status {status}, not {}, and so was not recorded\n{}",
                    step.status,
                    performed.lines.join("\n")
                );
                let mend = mend_status(step.status, status) + ", and bless again";
                findings.push(Finding::new(&file, step.line, what, mend).check(&listing.id));
            }
        }
        if !findings.is_empty() {
            return Ok(Err(findings));
        }
        let text = update(transcript, &performance.steps).to_file();
        if let Err(mistakes) = Transcript::parse(&text) {
            let findings = mistakes
                .into_iter()
                .map(|m| Finding::new(&file, m.line, m.what, m.mend).check(&listing.id));
            return Ok(Err(findings.collect()));
        }
        self.write(&file, &text).map(Ok)
    }

    fn record_refusal(&self, listing: &Listing) -> Result<Result<bool, Vec<Finding>>> {
        match refusal::compile(self.root, &listing.path, self.dev)? {
            Some(refusal) => self
                .write(&listing.beside("stderr"), &refusal.to_file())
                .map(Ok),
            None => {
                let finding = Finding::new(
                    &listing.path,
                    1,
                    "the compiler accepts this listing, so there is no message to record",
                    "let it fail; or, if it is to run, register it as an example, and delete its \
                     .stderr if it has one",
                );
                Ok(Err(vec![finding.check(&listing.id)]))
            }
        }
    }

    /// Writes a file and shows what changed in it.
    fn write(&self, file: &Path, text: &str) -> Result<bool> {
        let path = self.root.join(file);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        if old == text {
            return Ok(false);
        }
        println!("{}:", file.display());
        for change in TextDiff::from_lines(old.as_str(), text).iter_all_changes() {
            print!("  {} {}", change.tag(), change.value());
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(true)
    }
}
