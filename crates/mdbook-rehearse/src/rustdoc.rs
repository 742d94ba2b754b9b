//! Every block of a chapter, compiled and run by rustdoc through mdBook.
//!
//! mdBook prints what rustdoc says when it fails. So that each listing gets
//! the part that is about it, a chapter is tested in a process of its own:
//! this program, started again with a variable that names the chapter.

use crate::again::start_again;
use crate::expand::{Script, chapters, published};
use crate::finding::Finding;
use crate::listing::{Listing, ListingId, Proof};
use crate::markdown::DirectiveKind;
use crate::preprocessor::{Rehearse, load_book};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const CHAPTER: &str = "MDBOOK_REHEARSE_CHAPTER";
const ROOT: &str = "MDBOOK_REHEARSE_ROOT";

/// What rustdoc says of one chapter.
#[derive(Debug, Clone)]
pub struct Report {
    /// What it says of each listing that failed.
    failed: BTreeMap<ListingId, String>,
    /// What it says if it failed without naming a block.
    other: Option<String>,
}

/// Does the child's work and ends the process, if this is such a child.
pub fn run_if_child() {
    let Some((chapter, root)) = std::env::var_os(CHAPTER).zip(std::env::var_os(ROOT)) else {
        return;
    };
    let result = test_chapter(Path::new(&root), Path::new(&chapter));
    if let Err(error) = &result {
        eprintln!("{error:#}");
    }
    std::process::exit(i32::from(result.is_err()));
}

fn test_chapter(root: &Path, chapter: &Path) -> Result<()> {
    let mut book = load_book(root)?;
    book.with_preprocessor(Rehearse::linked());
    let script = Script::read(root, &book.book)?;
    let folder = root.join(&script.settings().link_folder);
    let folder = folder
        .to_str()
        .context("the link folder's path is not UTF-8")?;
    let chapter = published(chapter);
    let chapter = chapter
        .to_str()
        .context("the chapter's path is not UTF-8")?;
    book.test_chapter(vec![folder], Some(chapter))
}

/// Tests one chapter, given by its file from the chapters' folder.
///
/// # Errors
/// If the process cannot be started, or mdBook not load the book.
pub fn test(root: &Path, script: &Script, page: &Path) -> Result<Report> {
    let variables = [(CHAPTER, page.as_os_str()), (ROOT, root.as_os_str())];
    let again = start_again(&variables, script.settings().limit())?;
    let mut report = Report {
        failed: BTreeMap::new(),
        other: None,
    };
    if again.success {
        return Ok(report);
    }
    let said = again.said;
    let listings = listings_by_line(root, script, page)?;
    for section in said.split("\n---- ").skip(1) {
        let Some((line, text)) = section_about(section) else {
            continue;
        };
        if let Some(id) = listings.get(&line) {
            *report.failed.entry(id.clone()).or_default() += text;
        }
    }
    if report.failed.is_empty() {
        report.other = Some(said);
    }
    Ok(report)
}

/// `futures.md - (line 12) stdout ----` and the text under it.
fn section_about(section: &str) -> Option<(usize, &str)> {
    let (head, text) = section.split_once(" ----\n")?;
    let (_, rest) = head.split_once("(line ")?;
    let (line, _) = rest.split_once(')')?;
    let end = text.find("\nfailures:\n").unwrap_or(text.len());
    Some((line.parse().ok()?, &text[..end]))
}

/// The line at which each Rust block begins in the text that rustdoc reads.
fn listings_by_line(
    root: &Path,
    script: &Script,
    page: &Path,
) -> Result<BTreeMap<usize, ListingId>> {
    let mut expanded = load_book(root)?.book;
    script.expand(&mut expanded, "test");
    let chapter = chapters(&expanded)
        .find(|chapter| chapter.source_path.as_deref() == Some(page))
        .context("mdBook does not know the chapter")?;
    let blocks = (1..)
        .zip(chapter.content.lines())
        .filter(|(_, line)| {
            line.trim_start_matches('`').starts_with("rust") && line.starts_with("```")
        })
        .map(|(number, _)| number);
    let shown = script.chapters()[page]
        .directives
        .iter()
        .filter(|directive| directive.kind != DirectiveKind::Output)
        .filter_map(|directive| ListingId::parse(&directive.listing));
    Ok(blocks.zip(shown).collect())
}

impl Report {
    /// What is wrong with one listing.
    pub fn finding(&self, listing: &Listing) -> Option<Finding> {
        let said = self.failed.get(&listing.id).or(self.other.as_ref())?;
        let what = format!(
            "rustdoc finds a fault in the block of this listing\n{}",
            said.trim()
        );
        let mend = match listing.proof {
            Proof::Refused(_) => "let the compiler refuse the listing again",
            _ => "let the listing compile and end well in edition 2024",
        };
        Some(Finding::new(&listing.path, 1, what, mend).check(&listing.id))
    }
}

/// The pages on which a listing's code is shown.
pub fn pages_of(script: &Script, listing: &Listing) -> Vec<PathBuf> {
    let name = listing.id.to_string();
    let shows = |page: &&PathBuf| {
        script.chapters()[*page]
            .directives
            .iter()
            .any(|d| d.kind != DirectiveKind::Output && d.listing == name)
    };
    script.chapters().keys().filter(shows).cloned().collect()
}
