//! A page as a chapter of an EPUB.

use super::programs::{self, Program};
use super::{OPS, XHTML, xml};
use crate::downloads::Edition;
use crate::outline::Outline;
use crate::page::Page;
use dom_query::Selection;
use std::collections::BTreeSet;

pub struct Chapter {
    /// From the package document: `composing.xhtml`.
    pub path: String,
    pub xhtml: String,
    pub has_svg: bool,
    /// The files of the pictures that it shows, from the site's root.
    pub pictures: BTreeSet<String>,
    /// Those of which it shows excerpts.
    pub programs: Vec<Program>,
}

/// What a page has for the web only.
const OF_THE_WEB: &str = "#whole-contents, #resume, #downloads, script, button, .definitions, \
                          .run-deck, .run-output, .run-marks, \
                          .fa-svg, .blockquote-tag-title > svg";

/// Where a page's chapter is.
pub fn path(file: &str) -> String {
    format!("{}.xhtml", file.strip_suffix(".html").unwrap_or(file))
}

impl Chapter {
    /// The completed page, without what only the web can show.
    pub fn of(page: &Page, edition: &Edition<'_>, outline: &Outline) -> Chapter {
        let document = page.document.clone();
        let main = document.select_single("main");
        main.select(OF_THE_WEB).remove();
        for link in main.select("a.header").iter() {
            let html = link.inner_html();
            link.replace_with_html(html);
        }
        open_details(&main);
        main.select("run-player").rename("div");
        mark_notes(&main);
        for link in main.select("a[href]").iter() {
            let href = link.attr_or("href", "");
            link.remove_attrs(&["class", "aria-describedby", "download"]);
            match target(&page.file, &href, edition, outline) {
                Some(href) => link.set_attr("href", &href),
                None => {
                    let html = link.inner_html();
                    link.replace_with_html(html);
                }
            }
        }
        let programs = programs::take(page, &main);
        let pictures = main.select("img[src]");
        let pictures = pictures
            .iter()
            .map(|picture| picture.attr_or("src", ""))
            .filter(|source| !has_scheme(source))
            .map(|source| beside(&page.file, &source))
            .collect();
        let chapter = outline.chapter(&page.file);
        let number = chapter.and_then(|chapter| chapter.number.as_ref());
        let name = chapter.map_or("", |chapter| &chapter.name);
        let kind = number.map_or("", |_| " epub:type=\"chapter\" role=\"doc-chapter\"");
        let node = *main.nodes().first().expect("each page has a main element");
        let depth = page.file.matches('/').count();
        Chapter {
            path: path(&page.file),
            has_svg: main.select("svg").exists(),
            pictures,
            programs,
            xhtml: whole(
                edition,
                &number.map_or(name.to_owned(), |number| format!("{number}. {name}")),
                &format!("{}epub.css", "../".repeat(depth)),
                &format!("<section{kind}>{}</section>", xml::inner(&node, XHTML)),
            ),
        }
    }
}

/// A document of the EPUB with that body.
pub fn whole(edition: &Edition<'_>, title: &str, style: &str, body: &str) -> String {
    let language = xml::text(edition.language);
    let title = xml::text(title);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"{XHTML}\" xmlns:epub=\"{OPS}\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head>\n<title>{title}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"{style}\"/>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n"
    )
}

/// Many readers cannot open them: what is in them is shown, below its summary.
fn open_details(main: &Selection<'_>) {
    let details = main.select("details:not(.listing-whole)");
    details.select("summary").add_class("summary");
    details.select("summary").rename("p");
    details.remove_attr("open");
    details.rename("div");
}

/// Side notes are what readers show at a touch of the reference.
fn mark_notes(main: &Selection<'_>) {
    for note in main.select("div.sidenote").iter() {
        note.set_attr("epub:type", "footnote");
        note.set_attr("role", "doc-footnote");
        note.rename("aside");
    }
    for reference in main.select(".footnote-reference > a").iter() {
        reference.set_attr("epub:type", "noteref");
        reference.set_attr("role", "doc-noteref");
    }
}

/// Where a link of the page leads in the EPUB; nowhere, if it leads to a file
/// that only the site has and nobody knows where that is.
fn target(file: &str, href: &str, edition: &Edition<'_>, outline: &Outline) -> Option<String> {
    if href.starts_with('#') || has_scheme(href) {
        return Some(href.to_owned());
    }
    let (to, fragment) = match href.split_once('#') {
        Some((to, fragment)) => (to, format!("#{fragment}")),
        None => (href, String::new()),
    };
    let to_file = beside(file, to);
    if outline.chapter(&to_file).is_some() {
        return Some(format!("{}{fragment}", path(to)));
    }
    edition
        .address
        .map(|address| format!("{address}{to_file}{fragment}"))
}

fn has_scheme(href: &str) -> bool {
    let end = href.find([':', '/', '?', '#']).unwrap_or(href.len());
    href[end..].starts_with(':') || href.starts_with("//")
}

/// The file that a relative link on a page names, from the site's root.
fn beside(file: &str, href: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved() {
        assert_eq!(beside("a.html", "b.html"), "b.html");
        assert_eq!(beside("c/a.html", "../b.html"), "b.html");
        assert_eq!(beside("c/a.html", "./b.html"), "c/b.html");
        assert!(has_scheme("https://a.example") && has_scheme("mailto:a@b.example"));
        assert!(!has_scheme("a.html#b::c") && !has_scheme("a/b:c"));
    }
}
