//! Turning directives into what a renderer shows.

use crate::directive::DirectiveKind;
use crate::figure::{self, Medium};
use crate::html::{self, Painter};
use crate::listing::{Listing, ListingId, Proof};
use crate::script::{Place, Script, page, published};
use mdbook_driver::book::{Book, BookItem, Chapter as BookChapter};
use std::collections::BTreeSet;
use std::path::Path;

impl Script {
    /// What a page shows of a listing, for a renderer.
    pub fn figures(&self, page: &Path, listing: &Listing, renderer: &str) -> String {
        let name = listing.id.to_string();
        let number = &self.place(&listing.id).number;
        let directives = self.chapters()[page].directives.iter();
        directives
            .filter(|directive| directive.listing == name)
            .map(|directive| {
                let shown = directive.shown(&[], false);
                figure::render(listing, number, shown, Medium::of(renderer))
            })
            .collect()
    }

    /// Puts figures in the place of directives, for a renderer.
    pub fn expand(&self, book: &mut Book, renderer: &str) {
        let medium = Medium::of(renderer);
        let mut painter =
            (medium == Medium::Html).then(|| Painter::new(self.root(), self.settings()));
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && !chapter.is_draft_chapter()
            {
                chapter.content = self.expand_chapter(chapter, medium, painter.as_mut());
            }
        });
    }

    fn expand_chapter(
        &self,
        book_chapter: &BookChapter,
        medium: Medium,
        mut painter: Option<&mut Painter<'_>>,
    ) -> String {
        let page = page(book_chapter);
        let Some(chapter) = self.chapters().get(&page) else {
            return book_chapter.content.clone();
        };
        let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for reference in &chapter.references {
            let id = ListingId::parse(&reference.listing).expect("references were judged");
            let place = self.place(&id);
            edits.push((
                reference.range.clone(),
                link(&page, &id, place, &reference.text),
            ));
        }
        let mut anchored = BTreeSet::new();
        if let Some(painter) = &mut painter {
            painter.begin_chapter();
        }
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
                .catalog()
                .get(&directive.listing)
                .expect("directives were judged");
            let place = self.place(&listing.id);
            let shown = directive.shown(&chapter.directives, place.page == page);
            // One element of the book has the listing's id.
            let is_first =
                directive.kind.has_code() && place.page == page && anchored.insert(&listing.id);
            let text = match &mut painter {
                Some(painter) if directive.kind == DirectiveKind::Run => {
                    let address = address(&page, &listing.id, place);
                    painter.run(listing, &place.number, &address)
                }
                Some(painter) => painter.figure(&html::Figure {
                    listing,
                    number: &place.number,
                    shown,
                    is_first,
                    since: directive.since.as_ref().map(|since| {
                        let since = self.catalog().get(since).expect("directives were judged");
                        let link = link(&page, &since.id, self.place(&since.id), "");
                        (since, link)
                    }),
                }),
                None => figure::render(listing, &place.number, shown, medium),
            };
            edits.push((line(directive.line), text));
        }
        for wanted in &chapter.fragments {
            let text = match medium {
                Medium::Html | Medium::Markdown => self.fragment(&wanted.path).to_owned(),
                Medium::Rustdoc | Medium::Skeptic => String::new(),
            };
            edits.push((line(wanted.line), text));
        }
        if let Some(painter) = painter {
            let names = chapter.directives.iter().map(|d| d.listing.as_str());
            let names: BTreeSet<&str> = names.collect();
            let listings: Vec<&Listing> = names
                .into_iter()
                .filter_map(|name| self.catalog().get(name).ok())
                .collect();
            if let Some(proof) = painter.proof(&listings) {
                let end = content.len();
                edits.push((end..end, format!("\n\n{proof}")));
            }
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

/// A link from a page to a listing, as Markdown; without a text of its own it
/// says "Listing 6.2".
fn link(from: &Path, id: &ListingId, place: &Place, text: &str) -> String {
    let text = match text {
        "" => format!("Listing\u{a0}{}", place.number),
        text => text.to_owned(),
    };
    format!("[{text}]({})", address(from, id, place))
}

/// Where a listing is, seen from a page.
fn address(from: &Path, id: &ListingId, place: &Place) -> String {
    let target = relative(from, &place.page);
    format!("{target}#{}", figure::anchor(id))
}

/// The path from one page to another.
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
