//! The checks as named tests, for the main function of a test without libtest
//! or of a command. The names can be filtered as libtest's can.

use crate::Findings;
use crate::cargo::{Profile, has_clippy};
use crate::check;
use crate::finding::Finding;
use crate::lanes::{Rehearsal, Verdict};
use crate::listing::{Listing, ListingId, Proof};
use crate::rustdoc;
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

/// The tests that skeptic generated; `None` if the book does without skeptic.
type Skeptic = Option<&'static [SkepticTest]>;

/// To be called first in `main`, with the tests that skeptic generated for
/// this program: a process that tests the blocks of one chapter does so here
/// and ends.
pub fn begin(skeptic: &[SkepticTest]) {
    rustdoc::run_if_child();
    skeptic::run_if_child(skeptic);
}

/// The listings: each builds without a warning and prints what its transcript
/// says, or the compiler refuses it as recorded. Ends with how many did.
pub fn listings(root: &Path, arguments: &Arguments) -> ExitCode {
    with_rehearsal(root, arguments, |rehearsal| {
        let trials = listing_trials(rehearsal, &all_ids(rehearsal), arguments);
        let built = libtest_mimic::run(arguments, trials.builds).exit_code();
        worst(&[built, replay(trials.replays, &trials.counts, arguments)])
    })
}

/// The blocks of the pages: as rustdoc sees them through mdBook, in the book's
/// edition; and as skeptic sees them, if the build script had it generate tests.
pub fn blocks(root: &Path, arguments: &Arguments, skeptic: Skeptic) -> ExitCode {
    with_rehearsal(root, arguments, |rehearsal| {
        let ids = all_ids(rehearsal);
        side_by_side(arguments, block_trials(rehearsal, &ids, arguments, skeptic))
    })
}

/// The book as a whole: directives, blocks, links, SUMMARY.md.
pub fn book(root: &Path, arguments: &Arguments) -> ExitCode {
    with_rehearsal(root, arguments, |rehearsal| {
        libtest_mimic::run(arguments, book_trials(rehearsal)).exit_code()
    })
}

/// Everything above for what `filter` names: a listing, `chapter/name`, or a
/// part of such names.
pub fn all(root: &Path, filter: &str, skeptic: Skeptic) -> ExitCode {
    let arguments = Arguments::default();
    with_rehearsal(root, &arguments, |rehearsal| {
        let named = rehearsal.script.catalog().named(filter);
        let ids: Vec<ListingId> = named.map(|listing| listing.id.clone()).collect();
        let mut slugs = rehearsal
            .script
            .chapters()
            .keys()
            .map(|page| page.with_extension(""));
        let is_chapter = slugs.any(|slug| slug.to_string_lossy().contains(filter));
        if !is_chapter && ids.is_empty() {
            eprintln!("nothing is named `{filter}`; give a part of `chapter/listing`");
            return ExitCode::FAILURE;
        }
        let mut trials = book_trials(rehearsal);
        trials.extend(block_trials(rehearsal, &ids, &arguments, skeptic));
        let listings = listing_trials(rehearsal, &ids, &arguments);
        trials.extend(listings.builds);
        let checked = side_by_side(&arguments, trials);
        worst(&[
            checked,
            replay(listings.replays, &listings.counts, &arguments),
        ])
    })
}

fn all_ids(rehearsal: &Rehearsal) -> Vec<ListingId> {
    let listings = rehearsal.script.catalog().listings.keys();
    listings.cloned().collect()
}

/// Opens the book; what is wrong with it is one failed test.
fn with_rehearsal(
    root: &Path,
    arguments: &Arguments,
    run: impl FnOnce(&Arc<Rehearsal>) -> ExitCode,
) -> ExitCode {
    match Rehearsal::open(root) {
        Ok(rehearsal) => run(&Arc::new(rehearsal)),
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

/// The tests of listings. Timed runs come after all that the compiler has to
/// do, and more of them at once.
struct ListingTrials {
    builds: Vec<Trial>,
    replays: Vec<Trial>,
    counts: Arc<Counts>,
}

fn listing_trials(
    rehearsal: &Arc<Rehearsal>,
    ids: &[ListingId],
    arguments: &Arguments,
) -> ListingTrials {
    let counts = Arc::new(Counts::default());
    let mut builds = Vec::new();
    let mut replays = Vec::new();
    for id in ids {
        let listing = &rehearsal.script.catalog().listings[id];
        let (id, for_build, for_replay) = (id.clone(), Arc::clone(&counts), Arc::clone(&counts));
        let get = move |rehearsal: &Rehearsal| -> Listing {
            rehearsal.script.catalog().listings[&id].clone()
        };
        if listing.recording.is_some() {
            let get = get.clone();
            builds.push(trial(
                format!("recording {}", listing.id),
                rehearsal,
                move |rehearsal| rehearsal.fits_recording(&get(rehearsal)),
            ));
        }
        match &listing.proof {
            Proof::Prints(transcript) => {
                let (to_build, to_lint) = (get.clone(), get.clone());
                builds.push(trial(
                    format!("build {}", listing.id),
                    rehearsal,
                    move |rehearsal| {
                        let verdict = rehearsal.compiles(&to_build(rehearsal));
                        for_build.compiled.note(verdict)
                    },
                ));
                builds.push(trial(
                    format!("clippy {}", listing.id),
                    rehearsal,
                    move |rehearsal| rehearsal.is_clean(&to_lint(rehearsal)),
                ));
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
                move |rehearsal| {
                    let verdict = rehearsal.is_refused(&get(rehearsal));
                    for_build.refused.note(verdict)
                },
            )),
        }
    }
    if !arguments.list && !has_clippy() {
        println!("clippy is not installed, so it was not asked: rustup component add clippy");
        builds = builds
            .into_iter()
            .map(|trial| {
                let is_clippy = trial.name().starts_with("clippy ");
                trial.with_ignored_flag(is_clippy)
            })
            .collect();
    }
    ListingTrials {
        builds,
        replays,
        counts,
    }
}

/// Replays, and says how the listings did.
fn replay(replays: Vec<Trial>, counts: &Counts, arguments: &Arguments) -> ExitCode {
    let mut for_replays = arguments.clone();
    for_replays.test_threads.get_or_insert(REPLAYS_AT_ONCE);
    let replayed = libtest_mimic::run(&for_replays, replays).exit_code();
    if !arguments.list {
        println!(
            "listings: {} compiled, {} replayed, {} refused by the compiler as they should be\n",
            counts.compiled, counts.replayed, counts.refused
        );
    }
    replayed
}

fn block_trials(
    rehearsal: &Arc<Rehearsal>,
    ids: &[ListingId],
    arguments: &Arguments,
    skeptic: Skeptic,
) -> Vec<Trial> {
    let mut trials = rustdoc_trials(rehearsal, ids, arguments);
    if let Some(tests) = skeptic {
        trials.extend(skeptic_trials(rehearsal, ids, arguments, tests));
    }
    trials
}

/// Runs tests that wait for each other, such as those of one chapter's blocks:
/// all of them may begin.
fn side_by_side(arguments: &Arguments, trials: Vec<Trial>) -> ExitCode {
    let mut arguments = arguments.clone();
    arguments.test_threads.get_or_insert(trials.len().max(1));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Those listings whose test in a lane the arguments' filter lets run. They
/// are tested together, a chapter at a time.
fn selected(ids: &[ListingId], lane: &str, arguments: &Arguments) -> Vec<ListingId> {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let is_named = |id: &&ListingId| format!("{lane} {id}").contains(filter);
    ids.iter().filter(is_named).cloned().collect()
}

/// What was said of each chapter, made once.
type Reports<K, R> = BTreeMap<K, OnceLock<Result<R, String>>>;

fn rustdoc_trials(
    rehearsal: &Arc<Rehearsal>,
    ids: &[ListingId],
    arguments: &Arguments,
) -> Vec<Trial> {
    let pages = rehearsal.script.chapters().keys();
    let reports: Arc<Reports<PathBuf, rustdoc::Report>> =
        Arc::new(pages.map(|page| (page.clone(), OnceLock::new())).collect());
    let selected = Arc::new(selected(ids, "rustdoc", arguments));
    let mut trials = Vec::new();
    for id in ids {
        let (name, id) = (format!("rustdoc {id}"), id.clone());
        let (reports, selected) = (Arc::clone(&reports), Arc::clone(&selected));
        let check = move |rehearsal: &Rehearsal| {
            let listings = &rehearsal.script.catalog().listings;
            let mut findings = Vec::new();
            for page in rustdoc::pages_of(&rehearsal.script, &listings[&id]) {
                let report = reports[&page].get_or_init(|| {
                    let on_page = |listing: &&Listing| {
                        rustdoc::pages_of(&rehearsal.script, listing).contains(&page)
                    };
                    let on_page: Vec<&Listing> = selected
                        .iter()
                        .map(|id| &listings[id])
                        .filter(on_page)
                        .collect();
                    rehearsal.link()?;
                    rustdoc::test(&rehearsal.root, &rehearsal.script, &page, &on_page)
                        .map_err(|error| format!("{error:#}"))
                });
                let report = report.as_ref().map_err(String::clone)?;
                findings.extend(report.finding(&listings[&id]));
            }
            rehearsal.verdict(findings)
        };
        trials.push(trial(name, rehearsal, check));
    }
    trials
}

fn skeptic_trials(
    rehearsal: &Arc<Rehearsal>,
    ids: &[ListingId],
    arguments: &Arguments,
    tests: &'static [SkepticTest],
) -> Vec<Trial> {
    let chapters = tests
        .iter()
        .map(|(test, _)| (skeptic::parts(test).0, OnceLock::new()));
    let reports: Arc<Reports<&'static str, skeptic::Report>> = Arc::new(chapters.collect());
    let selected = selected(ids, "skeptic", arguments);
    let wanted: Arc<Vec<&'static str>> = Arc::new(
        tests
            .iter()
            .map(|(test, _)| *test)
            .filter(|test| selected.iter().any(|id| skeptic::is_about(test, id)))
            .collect(),
    );
    let mut trials = Vec::new();
    for id in selected {
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
        trials.push(trial(
            format!("skeptic {id}"),
            rehearsal,
            move |rehearsal| {
                let listing = &rehearsal.script.catalog().listings[&id];
                let mut said = Vec::new();
                for test in &own {
                    let chapter = skeptic::parts(test).0;
                    let report = reports[chapter].get_or_init(|| {
                        // skeptic looks for the listings' dependencies among
                        // what cargo has built.
                        rehearsal.build(Profile::Dev)?;
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
                rehearsal.verdict(skeptic::findings(listing, &said))
            },
        ));
    }
    trials
}

fn book_trials(rehearsal: &Arc<Rehearsal>) -> Vec<Trial> {
    type Check = fn(&Path, &crate::script::Script) -> anyhow::Result<Vec<Finding>>;
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
    trials.into()
}
