//! Turning directives into what a renderer shows.

use crate::catalog::{Catalog, NoListing};
use crate::figure::{self, Medium, Shown};
use crate::finding::{Finding, Findings};
use crate::fragment;
use crate::html::{self, Painter};
use crate::listing::{Listing, ListingId, Proof};
use crate::markdown::{self, Chapter, Directive, DirectiveKind};
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
            src,
            settings,
        };
        for chapter in chapters(book) {
            script.add_chapter(chapter, &mut findings);
        }
        script.judge_references(&mut findings);
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
            if directive.kind == DirectiveKind::Output {
                continue;
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

    /// What a page shows of a listing, for a renderer.
    pub fn figures(&self, page: &Path, listing: &Listing, renderer: &str) -> String {
        let name = listing.id.to_string();
        let number = &self.places[&listing.id].number;
        let directives = self.chapters[page].directives.iter();
        directives
            .filter(|directive| directive.listing == name)
            .map(|directive| {
                let shown = shown(directive, &Chapter::default(), false);
                figure::render(listing, number, shown, Medium::of(renderer))
            })
            .collect()
    }

    /// Puts figures in the place of directives, for a renderer.
    pub fn expand(&self, book: &mut Book, renderer: &str) {
        let medium = Medium::of(renderer);
        let mut painter = Painter::default();
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && !chapter.is_draft_chapter()
            {
                chapter.content = self.expand_chapter(chapter, medium, &mut painter);
            }
        });
    }

    fn expand_chapter(
        &self,
        book_chapter: &BookChapter,
        medium: Medium,
        painter: &mut Painter,
    ) -> String {
        let page = page(book_chapter);
        let Some(chapter) = self.chapters.get(&page) else {
            return book_chapter.content.clone();
        };
        let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for reference in &chapter.references {
            let id = ListingId::parse(&reference.listing).expect("references were judged");
            let place = &self.places[&id];
            let text = if reference.text.is_empty() {
                format!("Listing\u{a0}{}", place.number)
            } else {
                reference.text.clone()
            };
            let target = relative(&page, &place.page);
            let link = format!("[{text}]({target}#{})", figure::anchor(&id));
            edits.push((reference.range.clone(), link));
        }
        let mut anchored = BTreeSet::new();
        painter.begin_chapter();
        let content = &book_chapter.content;
        let line_starts: Vec<usize> = std::iter::once(0)
            .chain(content.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let line = |number: usize| {
            let start = line_starts[number - 1];
            let rest = &content[start..];
            start..start + rest.find('\n').unwrap_or(rest.len())
        };
        for directive in &chapter.directives {
            let listing = self
                .catalog
                .get(&directive.listing)
                .expect("directives were judged");
            let place = &self.places[&listing.id];
            let shown = shown(directive, chapter, place.page == page);
            // One element of the book has the listing's id.
            let is_first = directive.kind != DirectiveKind::Output
                && place.page == page
                && anchored.insert(&listing.id);
            let text = match medium {
                Medium::Html => painter.figure(&html::Figure {
                    listing,
                    number: &place.number,
                    shown,
                    is_first,
                }),
                _ => figure::render(listing, &place.number, shown, medium),
            };
            edits.push((line(directive.line), text));
        }
        for wanted in &chapter.fragments {
            let text = match medium {
                Medium::Html | Medium::Markdown => self.fragments[&wanted.path].clone(),
                Medium::Rustdoc | Medium::Skeptic => String::new(),
            };
            edits.push((line(wanted.line), text));
        }
        if medium == Medium::Html {
            for block in &chapter.blocks {
                if let Some(html) = html::fence(&block.tag, &block.text) {
                    edits.push((block.range.clone(), html));
                }
            }
        }
        edits.sort_by_key(|(range, _)| range.start);
        let mut content = content.clone();
        for (range, text) in edits.into_iter().rev() {
            content.replace_range(range, &text);
        }
        content
    }
}

/// What a directive of a chapter shows. Where the chapter shows an output by
/// itself, the listing leaves it out. Where the chapter is the first to show
/// the listing, and has only excerpts of it, the last of them has the output.
fn shown<'a>(directive: &'a Directive, chapter: &Chapter, is_first_page: bool) -> Shown<'a> {
    let all = chapter.directives.iter();
    let of_listing = all.filter(|other| other.listing == directive.listing);
    let is_apart = of_listing
        .clone()
        .any(|other| other.kind == DirectiveKind::Output);
    let is_whole = of_listing
        .clone()
        .any(|other| other.kind == DirectiveKind::Listing);
    let is_last = of_listing.last() == Some(directive);
    match &directive.kind {
        DirectiveKind::Listing if is_apart => Shown::Code,
        DirectiveKind::Listing => Shown::CodeAndOutput,
        DirectiveKind::Excerpt(anchor) if is_first_page && is_last && !is_apart && !is_whole => {
            Shown::ExcerptAndOutput(anchor)
        }
        DirectiveKind::Excerpt(anchor) => Shown::Excerpt(anchor),
        DirectiveKind::Output => Shown::Output,
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
fn page(chapter: &BookChapter) -> PathBuf {
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

/// The link from one page to another.
fn relative(from: &Path, to: &Path) -> String {
    if from == to {
        return String::new();
    }
    let to = published(to);
    let up = from.components().count().saturating_sub(1);
    "../".repeat(up) + &to.to_string_lossy().replace('\\', "/")
}

/// Whether a listing is shown without being run by rustdoc and skeptic, and
/// with which attributes.
pub fn attributes(listing: &Listing) -> Vec<String> {
    match &listing.proof {
        Proof::Prints(transcript) if transcript.has_background() || !transcript.succeeds() => {
            vec!["no_run".to_owned()]
        }
        Proof::Refused(refusal) => {
            let codes = refusal.codes().into_iter().map(str::to_owned);
            std::iter::once("compile_fail".to_owned())
                .chain(codes)
                .collect()
        }
        _ => Vec::new(),
    }
}
