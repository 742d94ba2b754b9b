//! The cover and the tables of contents of an EPUB.

use super::chapter::{path, whole};
use super::xml;
use crate::contents::Headings;
use crate::downloads::Edition;
use crate::outline::{Chapter, Entry, Outline};
use dom_query::Document;

pub fn cover(edition: &Edition<'_>) -> String {
    let title = xml::text(edition.title);
    let body = format!(
        "<section class=\"cover\" epub:type=\"cover\">\
         <img src=\"cover.png\" role=\"doc-cover\" alt=\"Cover: {title}\"/></section>"
    );
    whole(edition, edition.title, "epub.css", &body)
}

/// Chapters that belong together, under the name of their part if it has one.
struct Part<'a> {
    name: Option<&'a str>,
    chapters: Vec<&'a Chapter>,
}

fn parts(outline: &Outline) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut part = Part {
        name: None,
        chapters: Vec::new(),
    };
    for entry in &outline.entries {
        let name = match entry {
            Entry::Chapter(chapter) => {
                part.chapters.push(chapter);
                continue;
            }
            Entry::Part(name) => Some(name.as_str()),
            Entry::Separator => None,
        };
        let chapters = Vec::new();
        parts.push(std::mem::replace(&mut part, Part { name, chapters }));
    }
    parts.push(part);
    parts.retain(|part| !part.chapters.is_empty());
    parts
}

fn numbered(chapter: &Chapter) -> String {
    match &chapter.number {
        Some(number) => xml::text(&format!("{number}. {}", chapter.name)),
        None => xml::text(&chapter.name),
    }
}

/// The names and addresses of a chapter's sections.
fn sections(chapter: &Chapter, headings: &Headings) -> Vec<(String, String)> {
    let sections = headings.get(&chapter.file).map_or(&[][..], Vec::as_slice);
    let sections = sections.iter().map(|section| {
        let name = Document::fragment(section.html.as_str()).text();
        let href = format!("{}#{}", path(&chapter.file), section.id);
        (xml::text(name.trim()), xml::text(&href))
    });
    sections.collect()
}

/// The navigation document, which is a page of the book as well.
pub fn contents(edition: &Edition<'_>, outline: &Outline, headings: &Headings) -> String {
    let chapter = |chapter: &&Chapter| {
        let sections = sections(chapter, headings)
            .into_iter()
            .map(|(name, href)| format!("<li><a href=\"{href}\">{name}</a></li>\n"))
            .collect::<String>();
        let sections = match sections.is_empty() {
            true => sections,
            false => format!("\n<ol>\n{sections}</ol>\n"),
        };
        let href = xml::text(&path(&chapter.file));
        let name = numbered(chapter);
        format!("<li><a href=\"{href}\">{name}</a>{sections}</li>\n")
    };
    let parts = parts(outline).into_iter().map(|part| {
        let chapters = part.chapters.iter().map(chapter).collect::<String>();
        match part.name {
            Some(name) => format!(
                "<li><span>{}</span>\n<ol>\n{chapters}</ol>\n</li>\n",
                xml::text(name)
            ),
            None => chapters,
        }
    });
    let parts = parts.collect::<String>();
    let body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>Contents</h1>\n<ol>\n{parts}</ol>\n</nav>"
    );
    whole(edition, "Contents", "epub.css", &body)
}

/// The table of contents for readers of EPUB 2.
pub fn ncx(edition: &Edition<'_>, outline: &Outline, headings: &Headings) -> String {
    let mut count = 0;
    let mut point = |name: &str, href: &str, inner: &str| {
        count += 1;
        format!(
            "<navPoint id=\"point-{count}\"><navLabel><text>{name}</text></navLabel>\
             <content src=\"{href}\"/>{inner}</navPoint>\n"
        )
    };
    let mut points = String::new();
    for part in parts(outline) {
        let mut chapters = String::new();
        for chapter in &part.chapters {
            let sections = sections(chapter, headings)
                .into_iter()
                .map(|(name, href)| point(&name, &href, ""))
                .collect::<String>();
            let href = xml::text(&path(&chapter.file));
            chapters += &point(&numbered(chapter), &href, &sections);
        }
        // A part has no page; it leads to its first chapter.
        points += &match part.name {
            Some(name) => {
                let first = xml::text(&path(&part.chapters[0].file));
                point(&xml::text(name), &first, &chapters)
            }
            None => chapters,
        };
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n\
         <head><meta name=\"dtb:uid\" content=\"{}\"/></head>\n\
         <docTitle><text>{}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n",
        xml::text(edition.language),
        super::package::identifier(edition),
        xml::text(edition.title)
    )
}
