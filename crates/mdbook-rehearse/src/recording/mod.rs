//! Recorded runs: what really happened in a run of a listing, step by step,
//! beside it in `<listing>.run.json`. A listing asks for a recording by having
//! that file.

mod awaited;
mod branches;
mod clock;
mod events;
mod fit;
pub mod format;
pub mod names;
mod order;
mod program;
mod raw;
mod reader;
mod run;
mod story;
#[cfg(test)]
mod tests;
mod threads;
pub mod words;

pub use fit::misfits;

use crate::catalog::{Catalog, NoListing};
use crate::figure::run_anchor;
use crate::finding::{Finding, Findings, RUN};
use crate::listing::{Listing, ListingId};
use crate::preprocessor::load_book;
use crate::settings::Settings;
use anyhow::{Context, Result, anyhow, ensure};
use format::Recording;
use mdbook_driver::book::BookItem;
use run::{Runner, recordable};
use similar::TextDiff;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

/// The ending of a recording's file, in the place of `rs`.
pub const EXTENSION: &str = "run.json";

/// Runs are waiting for most of their time; more at once would make each other
/// late.
const RUNS_AT_ONCE: usize = 4;

/// The command `record`.
#[derive(Debug, clap::Args)]
pub struct Record {
    /// A listing, `chapter/name`, or a part of such names
    #[arg(default_value = "")]
    filter: String,
    /// Make the first recording of a listing
    #[arg(long, value_name = "CHAPTER/NAME", conflicts_with_all = ["filter", "check", "tell"])]
    new: Option<String>,
    /// Change nothing, and find which runs tell another story than their files
    #[arg(long, conflicts_with = "tell")]
    check: bool,
    /// Change nothing, and print the recordings in words
    #[arg(long)]
    tell: bool,
}

impl Record {
    /// Records runs and shows what changed; or checks the recordings. Where a
    /// transcript says `# in any order`, each task must do the same things,
    /// and luck may choose how often and in which order.
    ///
    /// # Errors
    /// If there is no such listing; and the findings that keep a run from being
    /// recorded, or that differ. Every other run is recorded.
    pub fn run(&self, root: &Path) -> Result<()> {
        let shelf = Shelf::open(root)?;
        if let Some(name) = &self.new {
            let listing = shelf.named(name)?;
            let mut all = shelf.with_recording();
            if !all.iter().any(|other| other.id == listing.id) {
                all.push(listing);
            }
            return shelf.record(&[listing], &all);
        }
        let wanted = shelf.wanted(&self.filter)?;
        if self.tell {
            wanted.iter().for_each(|listing| print_words(listing));
            Ok(())
        } else if self.check {
            shelf.check(&wanted)
        } else {
            shelf.record(&wanted, &shelf.with_recording())
        }
    }
}

/// Prints a recording in words, with the time of each step.
fn print_words(listing: &Listing) {
    if let Some(recording) = &listing.recording {
        println!("{}:", listing.beside(EXTENSION).display());
        println!("           of {}", names::labels(recording).join("; "));
        for (step, sentence) in recording.steps.iter().zip(words::sentences(recording)) {
            println!("{:>6} ms  {sentence}", step.at);
        }
    }
}

/// The steps of a listing's run that a line of a chapter links to, in words.
fn references(line: &str, listing: &Listing, recording: &Recording) -> Vec<(usize, String)> {
    let link = format!("#{}-", run_anchor(&listing.id));
    let numbers = line.split(link.as_str()).skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit());
        rest[..end.unwrap_or(rest.len())].parse::<usize>().ok()
    });
    let sentences = words::sentences(recording);
    let told = |number: usize| sentences.get(number.checked_sub(1)?).cloned();
    numbers
        .map(|number| (number, told(number).unwrap_or("there is none".to_owned())))
        .collect()
}

/// A book's listings.
struct Shelf<'a> {
    root: &'a Path,
    /// The folder of the chapters, from the root.
    chapters: PathBuf,
    settings: Settings,
    catalog: Catalog,
}

/// What became of a run.
type Told<'a> = (&'a Listing, Result<Recording, Vec<Finding>>);

impl Shelf<'_> {
    fn open(root: &Path) -> Result<Shelf<'_>> {
        let run = Settings::default().run;
        let (settings, chapters) =
            Settings::read(root).map_err(|finding| Findings::new(vec![finding], &run))?;
        let (catalog, _) = Catalog::read(root, &settings);
        Ok(Shelf {
            root,
            chapters,
            settings,
            catalog,
        })
    }

    /// The listing of this very name.
    fn named(&self, name: &str) -> Result<&Listing> {
        self.catalog.get(name).map_err(|missing| {
            let (what, mend) = match missing {
                NoListing::Unreadable => {
                    let mend = format!("{RUN} test {name}");
                    (format!("the files of `{name}` cannot be read"), mend)
                }
                NoListing::Unknown { mend } => (format!("there is no listing `{name}`"), mend),
            };
            anyhow!(
                "{what}\n  to mend it: {}",
                mend.replace(RUN, &self.settings.run)
            )
        })
    }

    fn with_recording(&self) -> Vec<&Listing> {
        let listings = self.catalog.listings.values();
        listings
            .filter(|listing| self.root.join(listing.beside(EXTENSION)).is_file())
            .collect()
    }

    /// The listings that a filter names and that have a recording.
    fn wanted<'s>(&'s self, filter: &'s str) -> Result<Vec<&'s Listing>> {
        let named: Vec<&Listing> = self.catalog.named(filter).collect();
        ensure!(!named.is_empty(), "no listing is named `{filter}`");
        let recorded: Vec<&ListingId> = self
            .with_recording()
            .iter()
            .map(|listing| &listing.id)
            .collect();
        let run = &self.settings.run;
        let of = match filter {
            "" => "no listing has a recording".to_owned(),
            _ => format!("none that `{filter}` names has a recording"),
        };
        let wanted: Vec<&Listing> = named
            .into_iter()
            .filter(|listing| recorded.contains(&&listing.id))
            .collect();
        ensure!(
            !wanted.is_empty(),
            "{of}\n  to make the first: {run} record --new chapter/name"
        );
        Ok(wanted)
    }

    fn text(&self, listing: &Listing) -> String {
        std::fs::read_to_string(self.root.join(listing.beside(EXTENSION))).unwrap_or_default()
    }

    /// Records `wanted` and writes the files.
    fn record(&self, wanted: &[&Listing], all: &[&Listing]) -> Result<()> {
        let (mut changed, mut same) = (Vec::new(), 0);
        let mut findings = Vec::new();
        for (listing, told) in self.tell(wanted, all)? {
            match told {
                // What differs by luck only, stays as it is.
                Ok(told) => match fit::differs(listing, &told, &self.text(listing)) {
                    Some(_) => {
                        self.write(listing, &told.to_file())?;
                        changed.push((listing, told));
                    }
                    None => same += 1,
                },
                Err(found) => findings.extend(found),
            }
        }
        self.print_references(&changed)?;
        println!("{} recorded anew, {same} unchanged", changed.len());
        Ok(Findings::new(findings, &self.settings.run).into_result()?)
    }

    /// Prints where chapters refer to steps, and what those are now: a number
    /// in the text may have become another step's.
    fn print_references(&self, recordings: &[(&Listing, Recording)]) -> Result<()> {
        if recordings.is_empty() {
            return Ok(());
        }
        let book = load_book(self.root)?;
        for item in book.book.iter() {
            let BookItem::Chapter(chapter) = item else {
                continue;
            };
            let file = chapter.source_path.as_deref().unwrap_or(Path::new(""));
            let file = self.chapters.join(file);
            for (number, line) in (1..).zip(chapter.content.lines()) {
                for (listing, recording) in recordings {
                    for (step, sentence) in references(line, listing, recording) {
                        println!("{}:{number}: step {step}: {sentence}", file.display());
                    }
                }
            }
        }
        Ok(())
    }

    /// Runs `wanted` and compares with the files.
    fn check(&self, wanted: &[&Listing]) -> Result<()> {
        let mut findings = Vec::new();
        let mut same = 0;
        for (listing, told) in self.tell(wanted, &self.with_recording())? {
            match told {
                Ok(told) => match fit::differs(listing, &told, &self.text(listing)) {
                    Some(finding) => findings.push(finding),
                    None => same += 1,
                },
                Err(found) => findings.extend(found),
            }
        }
        println!(
            "recordings: {same} of {} tell the same story again",
            wanted.len()
        );
        Ok(Findings::new(findings, &self.settings.run).into_result()?)
    }

    /// Runs `wanted`, several at once, and tells the story of each.
    fn tell<'a>(&self, wanted: &[&'a Listing], all: &[&Listing]) -> Result<Vec<Told<'a>>> {
        let mut told = Vec::new();
        let mut possible = Vec::new();
        for listing in wanted {
            match recordable(listing) {
                Ok(_) => possible.push(*listing),
                Err(finding) => told.push((*listing, Err(vec![finding]))),
            }
        }
        let all: Vec<&Listing> = all
            .iter()
            .copied()
            .filter(|listing| recordable(listing).is_ok())
            .collect();
        let programs = match possible.is_empty() {
            true => Default::default(),
            false => program::build(self.root, &self.settings, &all, &possible)?,
        };
        let runner = Runner {
            root: self.root,
            programs: &programs,
            limit: self.settings.limit(),
        };
        let queue: Mutex<VecDeque<&Listing>> = Mutex::new(possible.into());
        let results = Mutex::new(told);
        let next = || queue.lock().ok()?.pop_front();
        thread::scope(|scope| {
            for _ in 0..RUNS_AT_ONCE {
                scope.spawn(|| {
                    while let Some(listing) = next() {
                        let result = runner.record(listing);
                        if let Ok(mut results) = results.lock() {
                            results.push((listing, result));
                        }
                    }
                });
            }
        });
        let mut told = results
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        told.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        Ok(told)
    }

    /// Writes a recording and shows what changed in it: all of a new one.
    fn write(&self, listing: &Listing, text: &str) -> Result<()> {
        let file = listing.beside(EXTENSION);
        let old = self.text(listing);
        println!("{}:", file.display());
        let difference = TextDiff::from_lines(old.as_str(), text);
        for hunk in difference.unified_diff().context_radius(1).iter_hunks() {
            for change in hunk.iter_changes() {
                print!("  {} {}", change.tag(), change.value());
            }
        }
        std::fs::write(self.root.join(&file), text)
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(())
    }
}
