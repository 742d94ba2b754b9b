//! The whole book as files to take along: an EPUB always, a PDF where there is
//! a browser to print it.

use crate::contents::Headings;
use crate::outline::Outline;
use crate::page::{Page, escape};
use crate::settings::Settings;
use crate::{epub, pdf};
use anyhow::{Context, Result};
use mdbook_renderer::RenderContext;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What is said of the whole book in each of its files.
pub struct Edition<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub authors: &'a [String],
    pub language: &'a str,
    /// Where the site is, with a slash at the end.
    pub address: Option<&'a str>,
    /// When this edition was made, if that is known.
    pub made: Option<SystemTime>,
    /// The folder of `book.toml`.
    pub root: &'a Path,
}

impl<'a> Edition<'a> {
    /// # Errors
    /// If the variable `SOURCE_DATE_EPOCH` holds no seconds.
    pub fn of(context: &'a RenderContext, settings: &'a Settings) -> Result<Edition<'a>> {
        let book = &context.config.book;
        Ok(Edition {
            title: book.title.as_deref().unwrap_or("Untitled"),
            description: book.description.as_deref().unwrap_or_default(),
            authors: &book.authors,
            language: book.language.as_deref().unwrap_or("en"),
            address: settings.address.as_deref(),
            made: source_date()?,
            root: &context.root,
        })
    }

    /// When it was made, or else a time that is the same for all builds: they
    /// would differ otherwise, and both formats want a time.
    pub fn time(&self) -> SystemTime {
        let at_will = Duration::from_secs(946_684_800); // the year 2000
        self.made.unwrap_or(SystemTime::UNIX_EPOCH + at_will)
    }

    /// The title up to its colon, as the name of a file.
    pub fn slug(&self) -> String {
        let title = self.title.split(':').next().unwrap_or_default();
        let words = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase);
        words.collect::<Vec<_>>().join("-")
    }
}

fn source_date() -> Result<Option<SystemTime>> {
    let Ok(seconds) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let parsed = seconds.parse().ok().map(Duration::from_secs);
    let time = parsed.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    time.map(Some).with_context(|| {
        format!("SOURCE_DATE_EPOCH is `{seconds}`; it has to be the seconds since 1970")
    })
}

/// A file that was made.
struct Download {
    format: &'static str,
    file: String,
    bytes: u64,
}

/// Makes the files, and offers them in the pages' elements `#downloads`.
///
/// # Errors
/// If a file cannot be made or written, or a page not written.
pub fn make(
    edition: &Edition<'_>,
    folder: &Path,
    pages: &[Page],
    outline: &Outline,
    headings: &Headings,
) -> Result<()> {
    let slug = edition.slug();
    let mut downloads = Vec::new();
    let mut add = |format, extension, content: &[u8]| {
        let file = format!("{slug}.{extension}");
        fs::write(folder.join(&file), content).with_context(|| format!("cannot write {file}"))?;
        downloads.push(Download {
            format,
            file,
            bytes: content.len() as u64,
        });
        anyhow::Ok(())
    };
    let book = epub::make(edition, folder, pages, outline, headings).context("the EPUB")?;
    add("EPUB", "epub", &book)?;
    match pdf::make(edition, folder, pages, outline).context("the PDF")? {
        pdf::Outcome::Made(book) => add("PDF", "pdf", &book)?,
        pdf::Outcome::LeftOut(reason) => eprintln!("The PDF is left out: {reason}"),
    }
    for page in pages {
        let place = page.main().select_single("#downloads");
        if place.exists() {
            place.set_html(offer(&downloads));
            page.write(folder)?;
        }
    }
    Ok(())
}

fn offer(downloads: &[Download]) -> String {
    let links = downloads.iter().map(|download| {
        format!(
            "<a href=\"{}\" download>{}</a> ({})",
            escape(&download.file),
            download.format,
            megabytes(download.bytes)
        )
    });
    let links: Vec<String> = links.collect();
    format!("The whole book as one file: {}", links.join(", "))
}

/// A size in millions of bytes, with one digit, and no less than what that
/// digit can show.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000).max(1);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_title() {
        let slug = |title| {
            let edition = Edition {
                title,
                description: "",
                authors: &[],
                language: "en",
                address: None,
                made: None,
                root: Path::new("."),
            };
            edition.slug()
        };
        assert_eq!(slug("Tea, & how to make it: a guide"), "tea-how-to-make-it");
        assert_eq!(slug("Async/Await"), "async-await");
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(megabytes(1), "0.1 MB");
        assert_eq!(megabytes(1_500_000), "1.5 MB");
        assert_eq!(megabytes(1_500_001), "1.6 MB");
    }
}
