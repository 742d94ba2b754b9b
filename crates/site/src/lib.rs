//! An mdBook renderer that runs after the HTML renderer and completes its
//! pages: it says where the reader is, puts notes into the margin and
//! definitions within reach, and adds what a site has beside its pages.
//!
//! It works on the files of the HTML renderer, in their folder, so that
//! `mdbook build` and `mdbook serve` show the completed pages.

mod asset;
mod buttons;
mod classes;
mod contents;
mod downloads;
mod epub;
mod feed;
mod glossary;
mod head;
mod needed;
mod not_found;
mod offline;
mod outline;
mod page;
mod pdf;
mod search;
mod settings;
mod sidenotes;
mod styles;
mod sweep;
mod web;
mod whole;

use anyhow::{Context, Result, bail};
use downloads::Edition;
use mdbook_renderer::{RenderContext, Renderer};
use outline::Outline;
use page::Page;
use settings::Settings;
use std::path::Path;

/// The renderer `[output.site]`.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// Whether to make the EPUB, and the PDF if there is a browser.
    pub downloads: bool,
}

impl Renderer for Site {
    fn name(&self) -> &str {
        "site"
    }

    fn render(&self, context: &RenderContext) -> Result<()> {
        let settings = Settings::read(&context.config)?;
        let folder = context.destination.with_file_name("html");
        if !folder.is_dir() {
            bail!(
                "there are no pages in {}: the HTML renderer has to run as well; \
                 add `[output.html]` to book.toml",
                folder.display()
            );
        }
        self.complete(context, &settings, &folder)?;
        // mdBook makes a folder for each renderer; everything of this one lies
        // among the pages.
        if context.destination.is_dir() {
            std::fs::remove_dir_all(&context.destination)?;
        }
        Ok(())
    }
}

impl Site {
    fn complete(&self, context: &RenderContext, settings: &Settings, folder: &Path) -> Result<()> {
        let outline = Outline::of(&context.book);
        let pages: Vec<Page> = outline
            .files()
            .chain(["404.html", "print.html"])
            .filter(|file| folder.join(file).is_file())
            .map(|file| Page::read(folder, file))
            .collect::<Result<_>>()?;
        let headings = contents::headings(&pages);
        let definitions = glossary::definitions(&pages);
        let card = head::card(&context.root, folder)?;
        feed::write(folder, &pages, settings, &context.config)?;
        for page in &pages {
            contents::fill(page, &outline, &headings);
            whole::complete(page, &outline, &headings);
            head::fill(page, &outline, settings, card.as_deref());
            sidenotes::move_beside(page);
            glossary::attach(page, &definitions);
            buttons::add(page);
            classes::add(page);
            needed::keep(page);
            not_found::root_links(page, context, settings);
        }
        styles::rename(folder, &pages)?;
        search::write(folder, &pages)?;
        let is_preview = offline::is_preview(&context.config)?;
        if !is_preview {
            offline::name(&pages);
        }
        for page in &pages {
            page.write(folder)
                .with_context(|| format!("cannot write {}", page.file))?;
        }
        let published: Vec<&Page> = pages.iter().filter(|page| page.is_for_readers()).collect();
        web::write(folder, &published, settings)?;
        sweep::unused(folder)?;
        if self.downloads && !is_preview {
            let edition = Edition::of(context, settings)?;
            downloads::make(&edition, folder, &pages, &outline, &headings)?;
        }
        if !is_preview {
            offline::write(folder, &pages)?;
        }
        Ok(())
    }
}
