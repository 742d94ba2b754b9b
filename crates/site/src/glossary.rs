//! The glossary within reach: a link to one of its words carries the definition
//! along, to be shown on hover and focus, and read by screen readers.

use crate::page::{Page, escape};
use std::collections::{BTreeMap, BTreeSet};

/// The page whose second-level headings are words, each with its definition
/// below.
const GLOSSARY: &str = "glossary.html";

pub fn is_glossary(page: &Page) -> bool {
    page.file == GLOSSARY
}

/// The definitions' first paragraphs, as HTML without links, by the word's id.
pub type Definitions = BTreeMap<String, (String, String)>;

pub fn definitions(pages: &[Page]) -> Definitions {
    let glossary = pages.iter().find(|page| is_glossary(page));
    let Some(glossary) = glossary else {
        return Definitions::new();
    };
    let words = glossary.main().select("h2[id]");
    let words = words.iter().filter_map(|word| {
        let paragraph = word.next_sibling();
        let html = paragraph
            .is("p")
            .then(|| without_links(&paragraph.inner_html()))?;
        let name = word.text().trim().to_owned();
        Some((word.attr_or("id", "").to_string(), (name, html)))
    });
    words.collect()
}

fn without_links(html: &str) -> String {
    let fragment = dom_query::Document::fragment(html.to_owned());
    for link in fragment.select("a").iter() {
        let inner = link.inner_html();
        link.replace_with_html(inner);
    }
    fragment.html_root().inner_html().to_string()
}

/// Gives the page the definitions that it links to.
pub fn attach(page: &Page, definitions: &Definitions) {
    if is_glossary(page) || !page.is_for_readers() {
        return;
    }
    let mut used = BTreeSet::new();
    for link in page.main().select("a[href]").iter() {
        let href = link.attr_or("href", "");
        let Some((_, id)) = href.split_once("glossary.html#") else {
            continue;
        };
        if definitions.contains_key(id) {
            link.add_class("term");
            link.set_attr("aria-describedby", &format!("definition-{id}"));
            used.insert(id.to_owned());
        }
    }
    if used.is_empty() {
        return;
    }
    let boxes = used.iter().map(|id| {
        let (word, html) = &definitions[id];
        format!(
            "<div class=\"definition\" id=\"definition-{}\" role=\"tooltip\" popover=\"manual\">\
             <b>{}</b> {html}</div>",
            escape(id),
            escape(word)
        )
    });
    let all = boxes.collect::<String>();
    page.document
        .select_single("#says")
        .before_html(format!("<div class=\"definitions\">{all}</div>"));
}
