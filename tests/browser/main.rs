//! The pages as readers meet them: in a browser, at every width, in both
//! themes, with the keyboard alone, without scripts, on paper and offline; and
//! what of them can be checked without a browser.

mod away;
mod driver;
mod finding;
mod html;
mod links;
mod page;
mod reading;
mod runs;
mod site;
mod tab;
mod visit;

use anyhow::{Result, anyhow};
use driver::Driver;
use libtest_mimic::{Arguments, Failed, Trial};
use site::Site;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::thread::available_parallelism;
use tab::Tab;
use visit::{Part, Visit};

/// What all tests share.
struct Bench {
    site: Site,
    driver: OnceLock<Result<Driver, String>>,
    visits: BTreeMap<String, OnceLock<Result<Visit, String>>>,
}

/// What a reader does; it fails if the browser or the page does not do it.
type Behavior = fn(&Tab, &Site) -> Result<()>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bench = match Site::of(root) {
        Ok(site) => Arc::new(Bench::new(site)),
        Err(error) => {
            let said = format!("{error:#}");
            let trial = Trial::test("the site can be built", move || Err(Failed::from(said)));
            let everything = Arguments {
                filter: None,
                ..arguments
            };
            return libtest_mimic::run(&everything, vec![trial]).exit_code();
        }
    };
    let mut trials = html::trials();
    trials.extend(links::trials());
    trials.extend(runs::checks());
    let mut trials: Vec<Trial> = trials
        .into_iter()
        .map(|(name, check)| {
            let bench = Arc::clone(&bench);
            Trial::test(name, move || verdict(check(&bench.site)))
        })
        .collect();
    let missing = driver::missing().filter(|_| !driver::is_required());
    let is_ignored = missing.is_some();
    trials.extend(
        browser_trials(&bench)
            .into_iter()
            .map(|trial| trial.with_ignored_flag(is_ignored)),
    );
    let arguments = Arguments {
        test_threads: arguments.test_threads.or_else(|| Some(browsers())),
        ..arguments
    };
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let (Some(missing), false) = (missing, arguments.list) {
        println!("The browser tests were not run: {missing}\n");
    }
    conclusion.exit_code()
}

/// How many browsers work side by side.
fn browsers() -> usize {
    available_parallelism().map_or(2, |count| count.get().clamp(2, 4))
}

fn verdict(findings: Result<Vec<String>>) -> Result<(), Failed> {
    let findings = findings.map_err(|error| format!("\n{error:#}"))?;
    match findings.is_empty() {
        true => Ok(()),
        false => Err(Failed::from(format!("\n{}", findings.join("\n")))),
    }
}

fn browser_trials(bench: &Arc<Bench>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for page in &bench.site.pages {
        for part in Part::of(&page.name) {
            let (bench, page) = (Arc::clone(bench), page.name.clone());
            let name = format!("{part}: {page}");
            trials.push(Trial::test(name, move || verdict(bench.visit(&page, part))));
        }
    }
    let behaviors = [
        reading::trials(),
        runs::trials(),
        finding::trials(),
        away::trials(),
    ]
    .concat();
    for (name, behavior) in behaviors {
        trials.push(behaves(bench, name.to_owned(), behavior));
    }
    let with_runs = bench
        .site
        .for_readers()
        .filter(|page| page.has_class(runs::RUN));
    for page in with_runs {
        let (name, page) = (format!("run: {}, each step", page.name), page.name.clone());
        trials.push(behaves(bench, name, move |tab, site| {
            runs::page(tab, site, &page)
        }));
    }
    trials
}

/// A test of what a reader does in a tab of its own.
fn behaves(
    bench: &Arc<Bench>,
    name: String,
    behavior: impl Fn(&Tab, &Site) -> Result<()> + Send + 'static,
) -> Trial {
    let bench = Arc::clone(bench);
    Trial::test(name.clone(), move || {
        let findings = bench.with_tab(&name, |tab| {
            tab.bring_to_front()?;
            tab.set_width(1280)?;
            tab.set_media("screen", "light")?;
            behavior(tab, &bench.site)?;
            tab.console()
        });
        verdict(findings)
    })
}

impl Bench {
    fn new(site: Site) -> Bench {
        let visits = site.pages.iter();
        let visits = visits.map(|page| (page.name.clone(), OnceLock::new()));
        Bench {
            visits: visits.collect(),
            site,
            driver: OnceLock::new(),
        }
    }

    /// What was found on a page, which is looked at once for all its tests.
    fn visit(&self, page: &str, part: Part) -> Result<Vec<String>> {
        let visit = self.visits[page].get_or_init(|| {
            self.with_tab(&format!("visit {page}"), |tab| {
                visit::visit(tab, &self.site, page)
            })
            .map_err(|error| format!("{error:#}"))
        });
        let visit = visit.as_ref().map_err(|said| anyhow!("{said}"))?;
        Ok(visit.findings(part))
    }

    /// Works in a new tab; what it shows when the work fails is kept as a picture.
    fn with_tab<T>(&self, name: &str, work: impl FnOnce(&Tab) -> Result<T>) -> Result<T> {
        let driver = self
            .driver
            .get_or_init(|| Driver::start().map_err(|error| format!("{error:#}")));
        let driver = driver.as_ref().map_err(|said| anyhow!("{said}"))?;
        driver.with_tab(&[&self.site.origin(), "file://"], |tab| {
            work(tab).map_err(|error| match tab.picture(&picture(name)) {
                Ok(()) => anyhow!(
                    "{error:#}
to see it: {}",
                    picture(name).display()
                ),
                Err(_) => error,
            })
        })
    }
}

fn picture(name: &str) -> PathBuf {
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect();
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"))
}
