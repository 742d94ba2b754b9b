//! The table of contents: with headings, and with a mark where the reader is.

use crate::outline::{Chapter, Entry, Outline};
use crate::page::{Page, escape};
use std::collections::BTreeMap;

/// A section of a page.
#[derive(Debug, Clone)]
pub struct Heading {
    pub id: String,
    /// Its HTML, without links.
    pub html: String,
}

/// The sections of each page, by its file.
pub type Headings = BTreeMap<String, Vec<Heading>>;

/// Reads the second-level headings of the pages. Those of a glossary, which are
/// its words, are too many for a table of contents.
pub fn headings(pages: &[Page]) -> Headings {
    let of_page = |page: &Page| {
        let found = page.main().select("h2[id]");
        let headings = found.iter().map(|heading| {
            let link = heading.select_single("a.header");
            let html = if link.exists() {
                link.inner_html()
            } else {
                heading.inner_html()
            };
            Heading {
                id: heading.attr_or("id", "").to_string(),
                html: html.trim().to_owned(),
            }
        });
        headings.collect()
    };
    let readable = pages
        .iter()
        .filter(|page| page.is_for_readers() && !crate::glossary::is_glossary(page));
    readable
        .map(|page| (page.file.clone(), of_page(page)))
        .collect()
}

/// Fills the page's list of chapters, marks the page there and shows its
/// sections; puts its number above its title; and fills an element
/// `#whole-contents`, which is there for the sections of all chapters.
pub fn fill(page: &Page, outline: &Outline, headings: &Headings) {
    let nav = page.document.select_single("nav#contents");
    let of_page = |chapter: &Chapter| chapter.file == page.file;
    nav.set_html(list(page, outline, headings, "p", of_page));
    let chapter = outline.chapter(&page.file);
    if let Some(number) = chapter.and_then(|chapter| chapter.number.as_ref()) {
        let title = page.main().select_single("h1");
        title.before_html(format!("<p class=\"chapter-number\">Chapter {number}</p>"));
    }
    if page.is_for_readers() {
        let whole = page.main().select_single("#whole-contents");
        whole.set_html(list(page, outline, headings, "h2", |_| true));
    }
}

fn section_list(file: &str, sections: &[Heading]) -> String {
    let items = sections.iter().map(|heading| {
        let (id, html) = (escape(&heading.id), &heading.html);
        format!("<li><a href=\"{file}#{id}\">{html}</a></li>")
    });
    format!("<ol class=\"sections\">{}</ol>", items.collect::<String>())
}

/// The parts, each with its title as an element `title`, and their chapters;
/// with the sections of those that are wanted so.
pub fn list(
    page: &Page,
    outline: &Outline,
    headings: &Headings,
    title: &str,
    has_sections: impl Fn(&Chapter) -> bool,
) -> String {
    let mut html = String::new();
    let mut is_open = false;
    for entry in &outline.entries {
        match entry {
            Entry::Chapter(chapter) => {
                if !is_open {
                    html += "<ol class=\"chapters\">\n";
                }
                is_open = true;
                let sections = headings
                    .get(&chapter.file)
                    .filter(|_| has_sections(chapter));
                html += &item(page, chapter, sections.map_or(&[], Vec::as_slice));
            }
            Entry::Part(_) | Entry::Separator => {
                if is_open {
                    html += "</ol>\n";
                }
                is_open = false;
                if let Entry::Part(name) = entry {
                    html += &format!("<{title} class=\"part\">{}</{title}>\n", escape(name));
                }
            }
        }
    }
    if is_open {
        html += "</ol>\n";
    }
    html
}

fn item(page: &Page, chapter: &Chapter, sections: &[Heading]) -> String {
    let is_here = chapter.file == page.file;
    let number = chapter.number.as_ref().map_or(String::new(), |number| {
        format!("<span class=\"number\">{number}</span> ")
    });
    let sections = match (sections, is_here) {
        ([], _) => String::new(),
        (sections, true) => section_list("", sections),
        (sections, false) => section_list(&chapter.file, sections),
    };
    format!(
        "<li><a href=\"{}\"{}>{number}{}</a>{sections}</li>\n",
        escape(&chapter.file),
        if is_here {
            " aria-current=\"page\""
        } else {
            ""
        },
        escape(&chapter.name)
    )
}
