//! Every block of a chapter, compiled and run by rustdoc through mdBook.
//!
//! mdBook prints what rustdoc says when it fails. So that each listing gets
//! the part that is about it, a chapter is tested in a process of its own:
//! this program, started again with variables that name the chapter and what
//! of it to test.

use crate::again::start_again;
use crate::finding::Finding;
use crate::listing::{Listing, ListingId, Proof};
use crate::preprocessor::{Rehearse, load_book};
use crate::script::{Script, chapters, published};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

const CHAPTER: &str = "MDBOOK_REHEARSE_CHAPTER";
const LISTINGS: &str = "MDBOOK_REHEARSE_LISTINGS";
const ROOT: &str = "MDBOOK_REHEARSE_ROOT";

/// What rustdoc says of the listings of one chapter.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What it says of each listing that failed.
    failed: BTreeMap<ListingId, String>,
    /// What it says if it failed without naming a block.
    other: Option<String>,
}

/// Does the child's work and ends the process, if this is such a child.
pub fn run_if_child() {
    let variables = (env::var_os(CHAPTER), env::var(LISTINGS), env::var_os(ROOT));
    let (Some(chapter), Ok(listings), Some(root)) = variables else {
        return;
    };
    let listings = listings.lines().filter_map(ListingId::parse).collect();
    let result = test_chapter(Path::new(&root), Path::new(&chapter), listings);
    if let Err(error) = &result {
        eprintln!("{error:#}");
    }
    std::process::exit(i32::from(result.is_err()));
}

fn test_chapter(root: &Path, chapter: &Path, listings: BTreeSet<ListingId>) -> Result<()> {
    let mut book = load_book(root)?;
    book.with_preprocessor(Rehearse::only(listings));
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

/// Tests listings of one chapter, which is given by its file from the chapters'
/// folder. Those that passed with these blocks, this compiler and these
/// dependencies are not tested again.
///
/// # Errors
/// If the process cannot be started, mdBook not load the book, or the notes of
/// what passed not be written.
pub fn test(root: &Path, script: &Script, page: &Path, listings: &[&Listing]) -> Result<Report> {
    let passes: Vec<Pass> = listings
        .iter()
        .map(|listing| Pass::new(root, script, page, listing))
        .collect::<Result<_>>()?;
    let due: Vec<&Pass> = passes.iter().filter(|pass| !pass.is_noted()).collect();
    if due.is_empty() {
        return Ok(Report::default());
    }
    let wanted: BTreeSet<ListingId> = due.iter().map(|pass| pass.id.clone()).collect();
    let report = test_afresh(root, script, page, &wanted)?;
    for pass in due {
        if report.said_of(&pass.id).is_none() {
            pass.note()?;
        }
    }
    Ok(report)
}

fn test_afresh(
    root: &Path,
    script: &Script,
    page: &Path,
    wanted: &BTreeSet<ListingId>,
) -> Result<Report> {
    let names: Vec<String> = wanted.iter().map(ListingId::to_string).collect();
    let names = names.join("\n");
    let variables = [
        (CHAPTER, page.as_os_str()),
        (LISTINGS, names.as_ref()),
        (ROOT, root.as_os_str()),
    ];
    let again = start_again(&variables, script.settings().limit())?;
    let mut report = Report::default();
    if again.success {
        return Ok(report);
    }
    let said = again.said;
    let listings = listings_by_line(root, script, page, wanted)?;
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

/// That a listing's blocks on a page passed. It is noted in the link folder,
/// which is made anew when the compiler or a dependency changes.
struct Pass {
    id: ListingId,
    file: PathBuf,
    /// All else that could change the outcome: the settings, and the blocks.
    text: String,
}

impl Pass {
    fn new(root: &Path, script: &Script, page: &Path, listing: &Listing) -> Result<Pass> {
        let id = listing.id.clone();
        let folder = root.join(&script.settings().link_folder).join("passed");
        let file = folder.join(page).join(&id.chapter).join(&id.name);
        let settings = fs::read_to_string(root.join("book.toml"))?;
        let text = settings + &script.figures(page, listing, "test");
        Ok(Pass { id, file, text })
    }

    fn is_noted(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.text)
    }

    fn note(&self) -> Result<()> {
        let folder = self.file.parent().context("it has a folder")?;
        fs::create_dir_all(folder)?;
        Ok(fs::write(&self.file, &self.text)?)
    }
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
    wanted: &BTreeSet<ListingId>,
) -> Result<BTreeMap<usize, ListingId>> {
    let mut expanded = load_book(root)?.book;
    let mut script = script.clone();
    script.retain(wanted);
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
        .filter(|directive| directive.kind.has_code())
        .filter_map(|directive| ListingId::parse(&directive.listing));
    Ok(blocks.zip(shown).collect())
}

impl Report {
    fn said_of(&self, id: &ListingId) -> Option<&String> {
        self.failed.get(id).or(self.other.as_ref())
    }

    /// What is wrong with one listing.
    pub fn finding(&self, listing: &Listing) -> Option<Finding> {
        let said = self.said_of(&listing.id)?;
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
            .any(|d| d.kind.has_code() && d.listing == name)
    };
    script.chapters().keys().filter(shows).cloned().collect()
}
