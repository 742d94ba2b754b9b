//! The whole programs of which chapters show excerpts. A web page folds each
//! below its excerpt; a book has them at its end, each once.

use super::chapter::{path, whole};
use super::{XHTML, xml};
use crate::downloads::Edition;
use crate::page::Page;
use dom_query::Selection;
use std::collections::BTreeSet;

pub const NAME: &str = "Whole programs";
pub const FILE: &str = "whole-programs.html";

pub struct Program {
    /// Such as `Listing 2.4`.
    number: String,
    id: String,
    /// The file in the book's repository.
    file: String,
    /// The block of code, as XML.
    code: String,
    /// The place in the chapter.
    shown_at: String,
}

/// Takes the programs out of the page's text, and leaves a link to each.
pub fn take(page: &Page, main: &Selection<'_>) -> Vec<Program> {
    let mut programs = Vec::new();
    for folded in main.select("details.listing-whole").iter() {
        let figure = folded.parent();
        let text = |selector: &str| figure.select_single(selector).text().trim().to_owned();
        let number = text(".listing-number");
        let count = number.split_whitespace().last().unwrap_or_default();
        let id = format!("program-{}", count.replace('.', "-"));
        let up = "../".repeat(page.file.matches('/').count());
        let code = folded.select_single("pre");
        programs.push(Program {
            code: xml::outer(&code.nodes()[0], XHTML),
            shown_at: format!("{}#{}", path(&page.file), figure.attr_or("id", "")),
            file: text(".listing-path"),
            number,
            id: id.clone(),
        });
        folded.replace_with_html(format!(
            "<p class=\"listing-whole\"><a href=\"{up}{}#{id}\">The whole program</a></p>",
            path(FILE)
        ));
    }
    programs
}

/// The page with all of them.
pub fn page(edition: &Edition<'_>, programs: &[Program]) -> String {
    let mut known = BTreeSet::new();
    let once = programs.iter().filter(|program| known.insert(&program.id));
    let sections = once.map(|program| {
        format!(
            "<section class=\"listing\" id=\"{}\">\n<h2>{}</h2>\n\
             <p class=\"listing-file\"><span class=\"listing-path\">{}</span></p>\n{}\n\
             <p class=\"listing-file\"><a href=\"{}\">Back to the chapter</a></p>\n</section>\n",
            program.id,
            xml::text(&program.number),
            xml::text(&program.file),
            program.code,
            xml::text(program.shown_at.trim_end_matches('#')),
        )
    });
    let body = format!(
        "<section>\n<h1>{NAME}</h1>\n{}</section>",
        sections.collect::<String>()
    );
    whole(edition, NAME, "epub.css", &body)
}
