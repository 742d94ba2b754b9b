//! What a book shows: its chapters taken apart, its listings with their
//! numbers, and what is wrong with them.

use crate::catalog::{Catalog, NoListing};
use crate::changed::{Extent, extent};
use crate::crates::Crates;
use crate::directive::{Directive, DirectiveKind};
use crate::finding::{Finding, Findings, RUN};
use crate::fragment;
use crate::listing::{Listing, ListingId};
use crate::markdown::{self, Chapter};
use crate::recording::EXTENSION;
use crate::settings::Settings;
use mdbook_driver::book::{Book, BookItem, Chapter as BookChapter};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where a listing is shown first: its number and its page.
#[derive(Debug, Clone)]
pub struct Place {
    /// Such as `6.2`; of a chapter without a number, such as `2`.
    pub number: String,
    /// The page's Markdown file, from the chapters' folder.
    pub page: PathBuf,
}

/// A book's chapters taken apart, and its listings with their numbers.
#[derive(Debug, Clone)]
pub struct Script {
    catalog: Catalog,
    /// By the chapter's file, from the chapters' folder.
    chapters: BTreeMap<PathBuf, Chapter>,
    places: BTreeMap<ListingId, Place>,
    /// How many listings the chapters without a number have so far.
    unnumbered: usize,
    /// By the file, from the book's root.
    fragments: BTreeMap<String, String>,
    root: PathBuf,
    src: PathBuf,
    settings: Settings,
}

impl Script {
    /// Reads what a book shows.
    ///
    /// # Errors
    /// Everything that is wrong with its settings, listings and directives.
    pub fn read(root: &Path, book: &Book) -> Result<Script, Findings> {
        let (settings, src) = Settings::read(root)
            .map_err(|finding| Findings::new(vec![finding], &Settings::default().run))?;
        let (catalog, mut findings) = Catalog::read(root, &settings);
        let mut script = Script {
            catalog,
            chapters: BTreeMap::new(),
            places: BTreeMap::new(),
            unnumbered: 0,
            fragments: BTreeMap::new(),
            root: root.to_path_buf(),
            src,
            settings,
        };
        for chapter in chapters(book) {
            script.add_chapter(chapter, &mut findings);
        }
        script.judge_references(&mut findings);
        script.judge_playground(&mut findings);
        script.judge_recordings(&mut findings);
        script.read_fragments(root, &mut findings);
        let excerpts: BTreeSet<(&str, &str)> = script
            .chapters
            .values()
            .flat_map(|chapter| &chapter.directives)
            .filter_map(|directive| match &directive.kind {
                DirectiveKind::Excerpt(anchor) => {
                    Some((directive.listing.as_str(), anchor.as_str()))
                }
                _ => None,
            })
            .collect();
        for listing in script.catalog.listings.values() {
            let id = listing.id.to_string();
            if !script.places.contains_key(&listing.id) {
                let what = "no chapter shows this listing";
                let mend = format!("show it with `{{{{#listing {id}}}}}`, or delete it");
                findings.push(Finding::new(&listing.path, 1, what, mend).check(&id));
            }
            for (line, anchor) in listing.anchors() {
                if !excerpts.contains(&(id.as_str(), anchor)) {
                    let what = format!("no chapter shows the excerpt `{anchor}`");
                    let mend = format!(
                        "show it with `{{{{#listing {id}:{anchor}}}}}`, or remove its marks"
                    );
                    findings.push(Finding::new(&listing.path, line, what, mend).check(&id));
                }
            }
        }
        Findings::new(findings, &script.settings.run).into_result()?;
        Ok(script)
    }

    /// Reads one chapter, and numbers the listings that it is the first to show.
    fn add_chapter(&mut self, book_chapter: &BookChapter, findings: &mut Vec<Finding>) {
        let page = page(book_chapter);
        let file = self.src.join(&page);
        let chapter = markdown::read(&book_chapter.content, &file, &self.settings);
        findings.extend(chapter.findings.iter().cloned());
        let prefix = book_chapter
            .number
            .as_ref()
            .map(|number| {
                number
                    .iter()
                    .map(|part| format!("{part}."))
                    .collect::<String>()
            })
            .unwrap_or_default();
        let mut count = match prefix.is_empty() {
            // Chapters without a number share one row of numbers.
            true => self.unnumbered,
            false => 0,
        };
        for directive in &chapter.directives {
            let mut find = |what: String, mend: String| {
                let finding = Finding::new(&file, directive.line, what, mend);
                findings.push(finding.check(page.with_extension("").display()));
            };
            let listing = match self.catalog.get(&directive.listing) {
                Ok(listing) => listing,
                Err(NoListing::Unreadable) => continue,
                Err(NoListing::Unknown { mend }) => {
                    find(format!("there is no listing `{}`", directive.listing), mend);
                    continue;
                }
            };
            if let DirectiveKind::Excerpt(anchor) = &directive.kind
                && let Err(anchors) = listing.excerpt(anchor)
            {
                let mend = if anchors.is_empty() {
                    "mark it with `// ANCHOR: name` and `// ANCHOR_END: name`".to_owned()
                } else {
                    format!("its anchors are {}", anchors.join(", "))
                };
                find(format!("`{}` has no anchor `{anchor}`", listing.id), mend);
            }
            let earlier = || chapter.directives.iter().take_while(|d| *d != directive);
            if directive.kind == DirectiveKind::Run
                && let Some((what, mend)) = self.judge_run(listing, &page, earlier())
            {
                find(what, mend);
            }
            if !directive.kind.has_code() {
                continue;
            }
            if let Some(since) = &directive.since
                && let Some((what, mend)) = self.judge_since(listing, directive, since)
            {
                find(what, mend);
            }
            self.places.entry(listing.id.clone()).or_insert_with(|| {
                count += 1;
                Place {
                    number: format!("{prefix}{count}"),
                    page: page.clone(),
                }
            });
        }
        if prefix.is_empty() {
            self.unnumbered = count;
        }
        self.chapters.insert(page, chapter);
    }

    /// What is wrong with showing a listing's run on a page, below `earlier`
    /// directives. The chapters before have been added.
    fn judge_run<'a>(
        &self,
        listing: &Listing,
        page: &Path,
        mut earlier: impl Iterator<Item = &'a Directive>,
    ) -> Option<(String, String)> {
        let id = &listing.id;
        if listing.recording.is_none() {
            // If it is there, but makes no sense, that is a finding of its own.
            let has_file = self.root.join(listing.beside(EXTENSION)).is_file();
            let what = format!("`{id}` has no recording");
            let mend = format!("make the first with `{RUN} record --new {id}`, or remove this");
            return (!has_file).then_some((what, mend));
        }
        let name = id.to_string();
        let is_here = earlier.any(|d| d.kind == DirectiveKind::Run && d.listing == name);
        let mut before = self.shown_runs().filter(|(_, shown)| *shown == name);
        let page = match before.next() {
            Some((page, _)) => page,
            None if is_here => page,
            None => return None,
        };
        let what = format!(
            "{} shows the run of `{id}` already",
            self.src.join(page).display()
        );
        Some((what, "show it once, and refer to it".to_owned()))
    }

    /// The runs that chapters show, by the chapter's file.
    fn shown_runs(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.chapters.iter().flat_map(|(page, chapter)| {
            let runs = chapter
                .directives
                .iter()
                .filter(|d| d.kind == DirectiveKind::Run);
            runs.map(|directive| (page.as_path(), &*directive.listing))
        })
    }

    /// Each recording is shown.
    fn judge_recordings(&self, findings: &mut Vec<Finding>) {
        let shown: BTreeSet<&str> = self.shown_runs().map(|(_, listing)| listing).collect();
        for listing in self.catalog.listings.values() {
            let id = listing.id.to_string();
            if listing.recording.is_some() && !shown.contains(&*id) {
                let what = "no chapter shows this recording";
                let mend = format!("show it with `{{{{#run {id}}}}}`, or delete it");
                let file = listing.beside(EXTENSION);
                findings.push(Finding::new(file, 1, what, mend).check(&id));
            }
        }
    }

    /// What is wrong with marking what changed in a listing since another one.
    /// The listings shown so far have places.
    fn judge_since(
        &self,
        listing: &Listing,
        directive: &Directive,
        since: &str,
    ) -> Option<(String, String)> {
        let other = match self.catalog.get(since) {
            Ok(other) => other,
            Err(NoListing::Unreadable) => return None,
            Err(NoListing::Unknown { mend }) => {
                return Some((format!("there is no listing `{since}`"), mend));
            }
        };
        if other.id == listing.id {
            return Some((
                format!("`{since}` is compared with itself"),
                "name a listing that the book shows before it".into(),
            ));
        }
        if !self.places.contains_key(&other.id) {
            return Some((
                format!("nothing before this shows `{since}`, so nobody can compare"),
                format!("show `{since}` before it, or name a listing that the book has shown"),
            ));
        }
        let what = match extent(listing, directive.shown(&[], false), other)? {
            Extent::Nothing => format!("no line that is shown differs from `{since}`"),
            Extent::Everything => format!("every line that is shown differs from `{since}`"),
            Extent::Some => return None,
        };
        let mend = format!("leave out `since {since}`, or name a listing that is more like it");
        Some((what, mend))
    }

    fn judge_references(&self, findings: &mut Vec<Finding>) {
        for (page, chapter) in &self.chapters {
            for reference in &chapter.references {
                let id = &reference.listing;
                let (what, mend) = match self.catalog.get(id) {
                    Ok(listing) if self.places.contains_key(&listing.id) => continue,
                    Err(NoListing::Unreadable) => continue,
                    Ok(_) => (
                        format!("no chapter shows `{id}`, so nothing can refer to it"),
                        format!("show it with `{{{{#listing {id}}}}}`, or remove the reference"),
                    ),
                    Err(NoListing::Unknown { mend }) => {
                        (format!("there is no listing `{id}`"), mend)
                    }
                };
                let finding = Finding::new(self.src.join(page), reference.line, what, mend);
                findings.push(finding.check(page.with_extension("").display()));
            }
        }
    }

    /// What the Playground is said to have, listings can use.
    fn judge_playground(&self, findings: &mut Vec<Finding>) {
        let crates = Crates::named(&self.root, &self.settings);
        let named = self.settings.playground.iter().flatten();
        for name in named.filter(|name| !crates.is_empty() && !crates.has(name)) {
            let what = format!("`playground` names `{name}`, on which the listings do not depend");
            let mend = "name packages as the listings' Cargo.toml does, or remove it";
            findings.push(Finding::new("book.toml", 1, what, mend));
        }
    }

    fn read_fragments(&mut self, root: &Path, findings: &mut Vec<Finding>) {
        for (page, chapter) in &self.chapters {
            for wanted in &chapter.fragments {
                match fragment::read(root, &wanted.path) {
                    Ok(text) => {
                        self.fragments.insert(wanted.path.clone(), text);
                    }
                    Err((what, mend)) => {
                        let finding = Finding::new(self.src.join(page), wanted.line, what, mend);
                        findings.push(finding.check(page.with_extension("").display()));
                    }
                }
            }
        }
    }

    /// The listings that it shows, by name.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The book's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a listing is shown first.
    pub fn place(&self, id: &ListingId) -> &Place {
        &self.places[id]
    }

    /// The text of a fragment, by its path from the book's root.
    pub fn fragment(&self, path: &str) -> &str {
        &self.fragments[path]
    }

    /// The chapters' folder, from the book's root.
    pub fn src(&self) -> &Path {
        &self.src
    }

    /// The chapters, by their file from the chapters' folder.
    pub fn chapters(&self) -> &BTreeMap<PathBuf, Chapter> {
        &self.chapters
    }

    /// Leaves the directives of all other listings unexpanded.
    pub fn retain(&mut self, listings: &BTreeSet<ListingId>) {
        for chapter in self.chapters.values_mut() {
            chapter.directives.retain(|directive| {
                ListingId::parse(&directive.listing).is_some_and(|id| listings.contains(&id))
            });
        }
    }
}

/// The chapters of a book that have a file.
pub fn chapters(book: &Book) -> impl Iterator<Item = &BookChapter> {
    book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) if !chapter.is_draft_chapter() => Some(chapter),
        _ => None,
    })
}

/// A chapter's file, from the chapters' folder.
pub fn page(chapter: &BookChapter) -> PathBuf {
    let path = chapter.source_path.as_ref().or(chapter.path.as_ref());
    path.cloned().unwrap_or_default()
}

/// The name that mdBook gives to a chapter's file for renderers: index.md for
/// a README.md.
pub fn published(page: &Path) -> PathBuf {
    let is_readme = page
        .file_stem()
        .is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    if is_readme {
        page.with_file_name("index.md")
    } else {
        page.to_path_buf()
    }
}
