//! The checks as named tests, for the main function of a test without libtest
//! or of a command. The names can be filtered as libtest's can.

use crate::Findings;
use crate::check;
use crate::finding::Finding;
use crate::lanes::{Rehearsal, Verdict};
use crate::listing::{Listing, ListingId, Proof};
use crate::rustdoc::{self, Report};
use crate::skeptic::{self, SkepticTest};
pub use libtest_mimic::Arguments;
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Most of a replay is waiting, so several share a processor.
const REPLAYS_AT_ONCE: usize = 8;

/// To be called first in `main`: a process that tests one chapter does so here
/// and ends.
pub fn begin() {
    rustdoc::run_if_child();
}

/// The listings: each builds without a warning and prints what its transcript
/// says, or the compiler refuses it as recorded. Ends with how many did.
pub fn listings(root: &Path, arguments: &Arguments) -> ExitCode {
    with_rehearsal(root, arguments, listings_of)
}

/// The blocks of the pages: as rustdoc sees them through mdBook, in the book's
/// edition; and as skeptic sees them, if the build script had it generate tests.
pub fn blocks(
    root: &Path,
    arguments: &Arguments,
    skeptic: Option<&'static [SkepticTest]>,
) -> ExitCode {
    skeptic::run_if_child(skeptic.unwrap_or_default());
    with_rehearsal(root, arguments, |rehearsal, arguments| {
        blocks_of(rehearsal, arguments, skeptic)
    })
}

/// The book as a whole: directives, blocks, links, SUMMARY.md.
pub fn book(root: &Path, arguments: &Arguments) -> ExitCode {
    with_rehearsal(root, arguments, book_of)
}

/// Everything above for what `filter` names: a part of `chapter/name`.
pub fn all(root: &Path, filter: &str) -> ExitCode {
    checks_of(root, filter, |rehearsal, arguments| {
        blocks_of(rehearsal, arguments, None)
    })
}

/// Everything above but the blocks, which a test with skeptic has to check.
pub fn all_but_blocks(root: &Path, filter: &str) -> ExitCode {
    checks_of(root, filter, |_, _| ExitCode::SUCCESS)
}

fn checks_of(
    root: &Path,
    filter: &str,
    blocks: impl FnOnce(&Arc<Rehearsal>, &Arguments) -> ExitCode,
) -> ExitCode {
    let arguments = Arguments {
        filter: (!filter.is_empty()).then(|| filter.to_owned()),
        ..Arguments::default()
    };
    with_rehearsal(root, &arguments, |rehearsal, arguments| {
        let mut slugs = rehearsal
            .script
            .chapters()
            .keys()
            .map(|page| page.with_extension(""));
        let is_chapter = slugs.any(|slug| slug.to_string_lossy().contains(filter));
        if !is_chapter && rehearsal.script.named(filter).next().is_none() {
            eprintln!("nothing is named `{filter}`; give a part of `chapter/listing`");
            return ExitCode::FAILURE;
        }
        let codes = [
            book_of(rehearsal, &Arguments::default()),
            blocks(rehearsal, arguments),
            listings_of(rehearsal, arguments),
        ];
        worst(&codes)
    })
}

/// Opens the book; what is wrong with it is one failed test.
fn with_rehearsal(
    root: &Path,
    arguments: &Arguments,
    run: impl FnOnce(&Arc<Rehearsal>, &Arguments) -> ExitCode,
) -> ExitCode {
    match Rehearsal::open(root) {
        Ok(rehearsal) => run(&Arc::new(rehearsal), arguments),
        Err(error) => {
            let everything = Arguments {
                filter: None,
                ..arguments.clone()
            };
            let said = error_text(&error);
            let trial = Trial::test("the book can be read", move || Err(Failed::from(said)));
            libtest_mimic::run(&everything, vec![trial]).exit_code()
        }
    }
}

fn error_text(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Findings>() {
        Some(findings) => findings.to_string(),
        None => format!("{error:#}"),
    }
}

fn worst(codes: &[ExitCode]) -> ExitCode {
    let failed = codes.iter().any(|code| *code != ExitCode::SUCCESS);
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// A test that needs the book.
fn trial(
    name: String,
    rehearsal: &Arc<Rehearsal>,
    check: impl FnOnce(&Rehearsal) -> Verdict + Send + 'static,
) -> Trial {
    let rehearsal = Arc::clone(rehearsal);
    Trial::test(name, move || {
        check(&rehearsal).map_err(|said| Failed::from(format!("\n{said}")))
    })
}

/// How many listings passed a lane.
#[derive(Default)]
struct Count {
    passed: AtomicUsize,
    tried: AtomicUsize,
}

impl Count {
    fn note(&self, verdict: Verdict) -> Verdict {
        self.tried.fetch_add(1, Ordering::Relaxed);
        self.passed
            .fetch_add(usize::from(verdict.is_ok()), Ordering::Relaxed);
        verdict
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (passed, tried) = (&self.passed, &self.tried);
        write!(
            f,
            "{} of {}",
            passed.load(Ordering::Relaxed),
            tried.load(Ordering::Relaxed)
        )
    }
}

#[derive(Default)]
struct Counts {
    compiled: Count,
    replayed: Count,
    refused: Count,
}

fn listings_of(rehearsal: &Arc<Rehearsal>, arguments: &Arguments) -> ExitCode {
    let counts = Arc::new(Counts::default());
    let mut builds = Vec::new();
    let mut replays = Vec::new();
    for listing in rehearsal.script.catalog().listings.values() {
        let (id, counts) = (listing.id.clone(), Arc::clone(&counts));
        let get = move |rehearsal: &Rehearsal| -> Listing {
            rehearsal.script.catalog().listings[&id].clone()
        };
        match &listing.proof {
            Proof::Prints(transcript) => {
                let (for_build, for_clippy) = (get.clone(), get.clone());
                let for_replay = Arc::clone(&counts);
                builds.push(trial(
                    format!("build {}", listing.id),
                    rehearsal,
                    move |rehearsal| {
                        counts
                            .compiled
                            .note(rehearsal.compiles(&for_build(rehearsal)))
                    },
                ));
                let clippy = trial(
                    format!("clippy {}", listing.id),
                    rehearsal,
                    move |rehearsal| rehearsal.is_clean(&for_clippy(rehearsal)),
                );
                builds.push(clippy);
                let transcript = transcript.clone();
                replays.push(trial(
                    format!("replay {}", listing.id),
                    rehearsal,
                    move |rehearsal| {
                        let verdict = rehearsal.replays(&get(rehearsal), &transcript);
                        for_replay.replayed.note(verdict)
                    },
                ));
            }
            _ => builds.push(trial(
                format!("refuse {}", listing.id),
                rehearsal,
                move |rehearsal| counts.refused.note(rehearsal.is_refused(&get(rehearsal))),
            )),
        }
    }
    if !has_clippy(rehearsal, arguments) {
        println!("clippy is not installed, so it was not asked: rustup component add clippy");
        builds = builds
            .into_iter()
            .map(|trial| {
                let is_clippy = trial.name().starts_with("clippy ");
                trial.with_ignored_flag(is_clippy)
            })
            .collect();
    }
    // Timed runs come after the compiler's, and more of them at once.
    let built = libtest_mimic::run(arguments, builds).exit_code();
    let mut for_replays = arguments.clone();
    for_replays.test_threads.get_or_insert(REPLAYS_AT_ONCE);
    let replayed = libtest_mimic::run(&for_replays, replays).exit_code();
    if !arguments.list {
        println!(
            "listings: {} compiled, {} replayed, {} refused by the compiler as they should be\n",
            counts.compiled, counts.replayed, counts.refused
        );
    }
    worst(&[built, replayed])
}

/// Asks only if tests are to be run; a failure shows in the tests.
fn has_clippy(rehearsal: &Rehearsal, arguments: &Arguments) -> bool {
    arguments.list || rehearsal.has_clippy().unwrap_or(true)
}

fn blocks_of(
    rehearsal: &Arc<Rehearsal>,
    arguments: &Arguments,
    skeptic: Option<&'static [SkepticTest]>,
) -> ExitCode {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let mut trials = rustdoc_trials(rehearsal);
    if let Some(tests) = skeptic {
        trials.extend(skeptic_trials(rehearsal, filter, tests));
    }
    // The tests of one chapter wait for each other: let all chapters begin.
    let mut arguments = arguments.clone();
    arguments.test_threads.get_or_insert(trials.len().max(1));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// What rustdoc says of each chapter, by its file; made once.
type Reports = BTreeMap<PathBuf, OnceLock<Result<Report, String>>>;

fn rustdoc_trials(rehearsal: &Arc<Rehearsal>) -> Vec<Trial> {
    let pages = rehearsal.script.chapters().keys();
    let reports: Arc<Reports> =
        Arc::new(pages.map(|page| (page.clone(), OnceLock::new())).collect());
    let mut trials = Vec::new();
    for listing in rehearsal.script.catalog().listings.values() {
        let (id, reports) = (listing.id.clone(), Arc::clone(&reports));
        trials.push(trial(
            format!("rustdoc {id}"),
            rehearsal,
            move |rehearsal| {
                let listing = &rehearsal.script.catalog().listings[&id];
                let mut findings = Vec::new();
                for page in rustdoc::pages_of(&rehearsal.script, listing) {
                    let report = reports[&page].get_or_init(|| {
                        rehearsal.link()?;
                        rustdoc::test(&rehearsal.root, &rehearsal.script, &page)
                            .map_err(|error| format!("{error:#}"))
                    });
                    findings.extend(report.as_ref().map_err(String::clone)?.finding(listing));
                }
                rehearsal.verdict(findings)
            },
        ));
    }
    trials
}

fn skeptic_trials(
    rehearsal: &Arc<Rehearsal>,
    filter: &str,
    tests: &'static [SkepticTest],
) -> Vec<Trial> {
    type Reports = BTreeMap<&'static str, OnceLock<Result<skeptic::Report, String>>>;
    let chapters = tests
        .iter()
        .map(|(test, _)| (skeptic::parts(test).0, OnceLock::new()));
    let reports: Arc<Reports> = Arc::new(chapters.collect());
    let listings = rehearsal.script.catalog().listings.keys();
    let name = |id: &ListingId| format!("skeptic {id}");
    let named: Vec<ListingId> = listings
        .filter(|id| name(id).contains(filter))
        .cloned()
        .collect();
    let wanted: Arc<Vec<&'static str>> = Arc::new(
        tests
            .iter()
            .map(|(test, _)| *test)
            .filter(|test| named.iter().any(|id| skeptic::is_about(test, id)))
            .collect(),
    );
    let mut trials = Vec::new();
    for id in named {
        let own: Vec<&str> = wanted
            .iter()
            .copied()
            .filter(|test| skeptic::is_about(test, &id))
            .collect();
        let listing = &rehearsal.script.catalog().listings[&id];
        // What the compiler refuses, and what needs a later edition, has none.
        if own.is_empty() && !listing.is_for_skeptic() {
            continue;
        }
        let (reports, wanted) = (Arc::clone(&reports), Arc::clone(&wanted));
        trials.push(trial(name(&id), rehearsal, move |rehearsal| {
            let listing = &rehearsal.script.catalog().listings[&id];
            let mut said = Vec::new();
            for test in &own {
                let chapter = skeptic::parts(test).0;
                let report = reports[chapter].get_or_init(|| {
                    let of_chapter = |test: &&str| skeptic::parts(test).0 == chapter;
                    let names: Vec<&str> = wanted.iter().copied().filter(of_chapter).collect();
                    skeptic::run(&names, rehearsal.script.settings().limit())
                        .map_err(|error| format!("{error:#}"))
                });
                said.extend(report.as_ref().map_err(String::clone)?.get(*test).cloned());
            }
            if own.is_empty() {
                said.push("skeptic was given no block of it".to_owned());
            }
            let findings = said.into_iter().map(|said| {
                let what = format!(
                    "skeptic finds a fault in the block of this listing\n{}",
                    said.trim()
                );
                let mend = "let the listing compile and end well in edition 2021 as well; or, if a \
                            later edition is its lesson, say so: `//! Edition: 2024`";
                Finding::new(&listing.path, 1, what, mend).check(&listing.id)
            });
            rehearsal.verdict(findings.collect())
        }));
    }
    trials
}

fn book_of(rehearsal: &Arc<Rehearsal>, arguments: &Arguments) -> ExitCode {
    type Check = fn(&Path, &crate::expand::Script) -> anyhow::Result<Vec<Finding>>;
    let checks: [(&str, Check); 3] = [
        // Reading the book has found nothing, or this test would not run.
        ("book: directives, blocks and listings", |_, _| {
            Ok(Vec::new())
        }),
        ("book: links and anchors", check::links),
        ("book: SUMMARY.md names every chapter", check::summary),
    ];
    let trials = checks.map(|(name, check)| {
        trial(name.to_owned(), rehearsal, move |rehearsal| {
            let findings = check(&rehearsal.root, &rehearsal.script);
            rehearsal.verdict(findings.map_err(|error| error_text(&error))?)
        })
    });
    libtest_mimic::run(arguments, trials.into()).exit_code()
}
