//! The book as a PDF, printed by Chromium from the page that has all chapters.
//! Two of the same page, by the same browser with the same fonts, are equal to
//! the byte.

mod browser;
mod fixed;
mod source;

use crate::downloads::Edition;
use crate::outline::Outline;
use crate::page::Page;
use anyhow::Result;
use std::io::Write;
use std::path::Path;

/// What came of it.
pub enum Outcome {
    Made(Vec<u8>),
    /// For this reason.
    LeftOut(String),
}

/// The PDF, if there is a browser. `folder` holds the pages and their styles.
///
/// # Errors
/// If the browser cannot be run, or does not print.
pub fn make(
    edition: &Edition<'_>,
    folder: &Path,
    pages: &[Page],
    outline: &Outline,
) -> Result<Outcome> {
    let Some(page) = pages.iter().find(|page| page.file == "print.html") else {
        let reason = "there is no print.html; see `[output.html.print]` in book.toml";
        return Ok(Outcome::LeftOut(reason.to_owned()));
    };
    let browser = match browser::find() {
        Ok(browser) => browser,
        Err(reason) => return Ok(Outcome::LeftOut(reason)),
    };
    // Beside the pages, since it loads their styles.
    let mut file = tempfile::Builder::new()
        .prefix("print-")
        .suffix(".html")
        .tempfile_in(folder)?;
    file.write_all(source::of(page, edition, outline)?.as_bytes())?;
    file.flush()?;
    let mut pdf = browser::print(&browser, file.path())?;
    fixed::set(&mut pdf, edition.time());
    Ok(Outcome::Made(pdf))
}
