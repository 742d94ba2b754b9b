//! The preprocessor itself.

use crate::cargo::{Profile, build};
use crate::check;
use crate::facade;
use crate::listing::ListingId;
use crate::script::Script;
use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::collections::BTreeSet;
use std::path::Path;

/// Expands the directives of a book. For the renderer `test` it also builds
/// the listings' dependencies, so that rustdoc can link them.
#[derive(Debug, Clone, Default)]
pub struct Rehearse {
    only: Option<BTreeSet<ListingId>>,
}

impl Rehearse {
    /// Its name in `book.toml`: `[preprocessor.rehearse]`.
    pub const NAME: &'static str = "rehearse";

    /// For a process that tests these listings, and knows that the
    /// dependencies are built and linked.
    pub(crate) fn only(listings: BTreeSet<ListingId>) -> Rehearse {
        Rehearse {
            only: Some(listings),
        }
    }
}

impl Preprocessor for Rehearse {
    fn name(&self) -> &str {
        Rehearse::NAME
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> anyhow::Result<Book> {
        let mut script = Script::read(&context.root, &book)?;
        if let Some(listings) = &self.only {
            script.retain(listings);
        } else if context.renderer == "test" {
            let settings = script.settings();
            let build = build(&context.root, settings, Profile::Dev)?;
            facade::link(&context.root, settings, &build)?;
        }
        script.expand(&mut book, &context.renderer);
        Ok(book)
    }
}

/// Loads a book as the `mdbook` command does, with the preprocessor in this
/// process instead of the command that `book.toml` names.
///
/// # Errors
/// If mdBook cannot load the book; a chapter that SUMMARY.md names and that does
/// not exist is a finding.
pub fn load_book(root: &Path) -> anyhow::Result<MDBook> {
    check::chapters_exist(root)?;
    let mut book = MDBook::load(root)?;
    book.with_preprocessor(Rehearse::default());
    Ok(book)
}
