//! The page that has all chapters, `print.html`: mdBook puts them one after
//! another, and makes their ids and links differ from those of other chapters.

use crate::contents;
use crate::contents::Headings;
use crate::outline::{Chapter, Outline};
use crate::page::{Page, escape};
use dom_query::Selection;
use std::collections::BTreeMap;

/// What stands between chapters.
pub const BREAK: &str = "<div class=\"new-page\"></div>";

/// What mdBook puts there; the policy of the template allows no such attribute.
const BREAK_OF_MDBOOK: &str = "div[style*='page-break-before']";

/// Numbers the chapters, lets each begin a page, and fills the contents with
/// links to places on this page.
pub fn complete(page: &Page, outline: &Outline, headings: &Headings) {
    if page.file != "print.html" {
        return;
    }
    let main = page.main();
    let mut chapters = outline.chapters();
    let mut places = Places::default();
    let mut chapter = chapters.next();
    let mut sections = Vec::new();
    let nodes = main.select(&format!("{BREAK_OF_MDBOOK}, h1[id], h2[id]"));
    for node in nodes.iter() {
        if node.is(BREAK_OF_MDBOOK) {
            places.end(chapter, &mut sections, headings);
            chapter = chapters.next();
            node.replace_with_html(BREAK);
        } else if node.is("h1[id]") {
            places.begin(chapter, &node);
        } else if node.is("h2[id]") {
            sections.push(node.attr_or("id", "").to_string());
        }
    }
    places.end(chapter, &mut sections, headings);
    let whole = main.select_single("#whole-contents");
    whole.set_html(contents::list(page, outline, headings, "p", |_| true));
    let first = outline.files().next().unwrap_or_default();
    for link in whole.select("a[href]").iter() {
        let to = link.attr_or("href", "");
        if &*to == first {
            // The title page, on which the contents are.
            link.parent().remove();
        } else if let Some(place) = places.0.get(&*to) {
            link.set_attr("href", &format!("#{place}"));
        }
    }
}

/// The ids on this page, by the addresses of chapters and sections.
#[derive(Default)]
struct Places(BTreeMap<String, String>);

impl Places {
    /// Puts its number into the title, too, from which a PDF's outline is made.
    fn begin(&mut self, chapter: Option<&Chapter>, title: &Selection<'_>) {
        let Some(chapter) = chapter else { return };
        let id = title.attr_or("id", "").to_string();
        if self.0.insert(chapter.file.clone(), id).is_none()
            && let Some(number) = &chapter.number
        {
            let number = escape(number);
            title.prepend_html(format!("<span class=\"number\">{number}</span> "));
        }
    }

    /// Sections have the same order on both pages.
    fn end(&mut self, chapter: Option<&Chapter>, ids: &mut Vec<String>, headings: &Headings) {
        let ids = std::mem::take(ids);
        let Some(chapter) = chapter else { return };
        let sections = headings.get(&chapter.file).into_iter().flatten();
        for (section, id) in sections.zip(ids) {
            self.0
                .insert(format!("{}#{}", chapter.file, section.id), id);
        }
    }
}
