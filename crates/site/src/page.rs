//! A page as a tree.

use anyhow::{Context, Result};
use dom_query::{Document, Selection};
use std::fs;
use std::path::Path;

pub struct Page {
    /// From the site's root: `composing.html`.
    pub file: String,
    pub document: Document,
}

impl Page {
    /// # Errors
    /// If the file cannot be read.
    pub fn read(folder: &Path, file: &str) -> Result<Page> {
        let text =
            fs::read_to_string(folder.join(file)).with_context(|| format!("cannot read {file}"))?;
        Ok(Page {
            file: file.to_owned(),
            document: Document::from(text),
        })
    }

    /// A page for a test, with this text.
    #[cfg(test)]
    pub fn of(file: &str, main: &str) -> Page {
        Page {
            file: file.to_owned(),
            document: Document::from(format!("<html><body><main>{main}</main></body></html>")),
        }
    }

    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        Ok(fs::write(
            folder.join(&self.file),
            self.document.html().as_bytes(),
        )?)
    }

    /// The text of the page, without what is around it on each page.
    pub fn main(&self) -> Selection<'_> {
        self.document.select_single("main")
    }

    /// Whether readers and search engines are led to it.
    pub fn is_for_readers(&self) -> bool {
        self.file != "404.html" && self.file != "print.html"
    }
}

/// Text for an element or an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
