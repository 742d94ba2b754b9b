//! The chapters as skeptic reads them, for a build script.

use crate::expand::chapters;
use crate::preprocessor::load_book;
use anyhow::Result;
use mdbook_renderer::{RenderContext, Renderer};
use std::collections::BTreeMap;
use std::path::Path;

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
