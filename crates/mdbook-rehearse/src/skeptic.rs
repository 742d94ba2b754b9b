//! Every block of a chapter, compiled and run by skeptic.
//!
//! A build script hands skeptic the chapters and gets a file of tests. These
//! are run one after another in a process for each chapter. In one process
//! skeptic would run several at once, and then now and then fail to start a
//! program: while one thread holds an executable open to write, another may
//! start a process, which for a moment holds it open as well ("Text file busy").

use crate::again::start_again;
use crate::finding::Finding;
use crate::listing::{Listing, ListingId};
use crate::preprocessor::load_book;
use crate::script::chapters;
use anyhow::Result;
use mdbook_renderer::{RenderContext, Renderer};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::Duration;

struct SkepticRenderer;

impl Renderer for SkepticRenderer {
    fn name(&self) -> &str {
        "skeptic"
    }

    fn render(&self, _: &RenderContext) -> Result<()> {
        Ok(())
    }
}

/// Expands a book through mdBook's own library, for the renderer `skeptic`:
/// the text of each chapter that shows a listing, by its slug. A heading before
/// each block names the listing, and so skeptic's test. Neither runs cargo nor
/// goes to the network.
///
/// # Errors
/// If mdBook cannot load the book, and the [`Findings`](crate::Findings) about
/// it.
pub fn skeptic_chapters(root: &Path) -> Result<BTreeMap<String, String>> {
    let (book, _) = load_book(root)?.preprocess_book(&SkepticRenderer)?;
    let texts = chapters(&book).filter_map(|chapter| {
        let slug = chapter.path.as_ref()?.with_extension("");
        let slug = slug.to_string_lossy().replace(['/', '\\'], "_");
        Some((slug, chapter.content.clone()))
    });
    Ok(texts.collect())
}

/// Makes of the tests that skeptic generated a table that
/// [`harness::blocks`](crate::harness::blocks) takes: `TESTS`, a slice of
/// [`SkepticTest`].
pub fn skeptic_table(generated: &str) -> String {
    let mark = "#[test] fn ";
    let mut table = String::new();
    let mut functions = String::new();
    for line in generated.lines() {
        let test = line
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix("() {"));
        if let Some(name) = test {
            let _ = writeln!(table, "    (\"{name}\", {name}),");
            let _ = writeln!(functions, "fn {name}() {{");
        } else {
            let _ = writeln!(functions, "{line}");
        }
    }
    format!("{functions}\nconst TESTS: &[mdbook_rehearse::SkepticTest] = &[\n{table}];\n")
}

/// A test that skeptic generated: its name, and what panics if it fails.
pub type SkepticTest = (&'static str, fn());

const NAMES: &str = "MDBOOK_REHEARSE_SKEPTIC";
const BEGIN: &str = "\n\u{1}begin ";
const FAILED: &str = "\n\u{1}failed";

/// Does the child's work and ends the process, if this is such a child.
pub fn run_if_child(tests: &[SkepticTest]) {
    let Ok(names) = std::env::var(NAMES) else {
        return;
    };
    for (name, test) in tests {
        if names.lines().any(|wanted| wanted == *name) {
            println!("{BEGIN}{name}");
            if catch_unwind(test).is_err() {
                println!("{FAILED}");
            }
        }
    }
    std::process::exit(0);
}

/// What skeptic says of the tests that failed, by their name.
pub type Report = BTreeMap<String, String>;

/// Runs tests, one after another, in a process of their own; all of them may
/// take as long as compiling does, and then `limit`.
///
/// # Errors
/// If the process cannot be started, or does not run them all.
pub fn run(names: &[&str], limit: Duration) -> Result<Report> {
    let (list, jobs) = (names.join("\n"), "1");
    let variables = [(NAMES, list.as_ref()), ("SKEPTIC_JOBS", jobs.as_ref())];
    let again = start_again(&variables, limit)?;
    let said = again.said;
    let sections: Vec<&str> = said.split(BEGIN).skip(1).collect();
    anyhow::ensure!(
        again.success && sections.len() == names.len(),
        "skeptic's tests ended early:\n{said}"
    );
    let failed = sections.into_iter().filter_map(|section| {
        let (said, _) = section.split_once(FAILED)?;
        let (name, said) = said.split_once('\n')?;
        Some((name.to_owned(), readable(said)))
    });
    Ok(failed.collect())
}

/// What skeptic says of a listing's blocks.
pub fn findings(listing: &Listing, said: &[String]) -> Vec<Finding> {
    let finding = |said: &String| {
        let what = format!(
            "skeptic finds a fault in the block of this listing\n{}",
            said.trim()
        );
        let mend = "let the listing compile and end well in edition 2021 as well; or, if a later \
                    edition is its lesson, say so: `//! Edition: 2024`";
        Finding::new(&listing.path, 1, what, mend).check(&listing.id)
    };
    said.iter().map(finding).collect()
}

/// Without the lines of arguments that skeptic gives to rustc, which are
/// longer than anyone reads.
fn readable(said: &str) -> String {
    let is_short = |line: &&str| line.len() < 400;
    said.lines().filter(is_short).collect::<Vec<_>>().join("\n")
}

/// The chapter's slug and the listing's id in the name of a test, in which
/// skeptic has made every other sign an underscore.
pub fn parts(test: &str) -> (&str, &str) {
    let (chapter, rest) = test.split_once("_sect_").unwrap_or((test, ""));
    let listing = rest
        .rsplit_once("_line_")
        .map_or(rest, |(listing, _)| listing);
    (chapter, listing)
}

/// Whether a test's name is that of this listing.
pub fn is_about(test: &str, id: &ListingId) -> bool {
    let sign = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let id: String = id.to_string().chars().map(sign).collect();
    let words = |text: &str| -> Vec<String> {
        text.split('_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    words(parts(test).1) == words(&id)
}
