//! What the search looks through: the text and the code of each section.
//!
//! It is written as a script, not as data, because a page that was opened from
//! disk may load a script and nothing else. `theme/search.js` reads it.

use crate::asset;
use crate::page::Page;
use anyhow::Result;
use dom_query::NodeRef;
use serde::{Serialize, Serializer};
use std::collections::HashSet;
use std::path::Path;

/// The pages, each with its file and its title, and their sections.
#[derive(Debug, Default, Serialize)]
struct Index {
    pages: Vec<(String, String)>,
    sections: Vec<Section>,
}

/// What stands under one second-level heading, or above the first. It is
/// written as an array: the names of the fields would be repeated in each.
#[derive(Debug, Default)]
struct Section {
    /// The page's place in the list of pages.
    page: usize,
    /// Empty above the first heading.
    id: String,
    title: String,
    /// Prose, captions and tables, as one line.
    text: String,
    /// The lines of listings, outputs and messages, each once.
    code: String,
}

impl Serialize for Section {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        (self.page, &self.id, &self.title, &self.text, &self.code).serialize(serializer)
    }
}

/// Writes the script `search-index-<hash>.js` for pages that are completed,
/// and names it to them, as `data-search-index` of the script that has
/// `data-search`.
///
/// # Errors
/// If it cannot be written.
pub fn write(folder: &Path, pages: &[Page]) -> Result<()> {
    let mut index = Index::default();
    // The title page has nothing of its own.
    let readable = pages
        .iter()
        .filter(|page| page.is_for_readers() && !page.main().select("#whole-contents").exists());
    for page in readable {
        index.add(page);
    }
    let script = format!("self.searchIndex = {};\n", serde_json::to_string(&index)?);
    let name = asset::write(folder, "search-index", "js", script.as_bytes())?;
    for page in pages {
        let script = page.document.select("script[data-search]");
        let root = page.document.select("html").attr_or("data-root", "");
        script.set_attr("data-search-index", &format!("{root}{name}"));
    }
    Ok(())
}

impl Index {
    fn add(&mut self, page: &Page) {
        let number = page.main().select_single(".chapter-number").text();
        let title = words(&page.main().select_single("h1").text());
        let place = self.pages.len();
        self.pages.push((
            page.file.clone(),
            match number.is_empty() {
                true => title,
                false => format!("{}. {title}", words(&number)),
            },
        ));
        let mut reader = Reader {
            page: place,
            sections: vec![Section {
                page: place,
                ..Section::default()
            }],
            seen: HashSet::new(),
        };
        for main in page.main().nodes() {
            reader.children(main);
        }
        let sections = reader.sections.into_iter().map(|section| Section {
            text: words(&section.text),
            ..section
        });
        self.sections.extend(sections);
    }
}

/// Reads a page from top to bottom.
struct Reader {
    page: usize,
    sections: Vec<Section>,
    /// The lines of code of the last section.
    seen: HashSet<String>,
}

impl Reader {
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            self.last().text += &node.text();
            return;
        }
        let Some(name) = node.node_name() else { return };
        match &*name {
            _ if is_about_the_page(&name, node) => {}
            "h2" if node.has_attr("id") => {
                self.seen.clear();
                self.sections.push(Section {
                    page: self.page,
                    id: node.attr_or("id", "").to_string(),
                    title: words(&node.text()),
                    ..Section::default()
                });
            }
            "pre" => self.code(&visible(node)),
            _ if node.has_class("listing-path") => self.code(&node.text()),
            "a" | "b" | "code" | "em" | "i" | "mark" | "span" | "strong" | "sub" | "sup" => {
                self.children(node);
            }
            _ => {
                self.last().text += " ";
                self.children(node);
                self.last().text += " ";
            }
        }
    }

    fn code(&mut self, code: &str) {
        for line in code.lines().map(without_margin) {
            let says_something = line.chars().any(char::is_alphanumeric);
            if says_something && self.seen.insert(line.to_owned()) {
                let code = &mut self.last().code;
                if !code.is_empty() {
                    code.push('\n');
                }
                code.push_str(line);
            }
        }
    }

    fn last(&mut self) -> &mut Section {
        self.sections
            .last_mut()
            .expect("a page begins with a section")
    }
}

/// Whether it is no part of the text, or is in each chapter.
fn is_about_the_page(name: &str, node: &NodeRef<'_>) -> bool {
    const CLASSES: [&str; 9] = [
        "chapter-number",
        "conditions",
        "footnote-reference",
        "listing-playground",
        "listing-whole",
        "output-title",
        "proof",
        "run",
        "sidenote-number",
    ];
    ["button", "h1", "summary", "svg"].contains(&name)
        || CLASSES.iter().any(|class| node.has_class(class))
}

/// The code of a block, without the lines that its page hides.
fn visible(node: &NodeRef<'_>) -> String {
    if node.is_text() {
        return node.text().to_string();
    }
    let children = node
        .children_it(false)
        .filter(|child| !child.has_class("boring"));
    children.map(|child| visible(&child)).collect()
}

/// A line without its indentation, the prompt before a command, and the numbers
/// beside the code in a compiler's message.
fn without_margin(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    match line.split_once('|') {
        Some((number, code)) if number.trim().chars().all(|c| c.is_ascii_digit()) => code.trim(),
        _ => line,
    }
}

/// With one space between words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn index(main: &str) -> Index {
        let mut index = Index::default();
        index.add(&Page::of("tea.html", main));
        index
    }

    #[test]
    fn each_second_level_heading_begins_a_section() {
        let index = index(
            "<p class=\"chapter-number\">Chapter 7</p><h1 id=\"tea\"><a href=\"#tea\">Tea</a></h1>\
             <p>Before\nthe <em>first</em>.</p><h2 id=\"cup\"><a href=\"#cup\">In a <code>Cup</code></a></h2>\
             <ul><li>one</li><li>two<sup class=\"footnote-reference\">1</sup>.</li></ul><h3 id=\"lid\">The lid</h3>\
             <p class=\"proof\">All was run.</p>",
        );
        assert_eq!(
            index.pages,
            [("tea.html".to_owned(), "Chapter 7. Tea".to_owned())]
        );
        let [first, cup] = &index.sections[..] else {
            panic!("{index:?}")
        };
        assert_eq!((&*first.id, &*first.text), ("", "Before the first."));
        assert_eq!((&*cup.id, &*cup.title), ("cup", "In a Cup"));
        assert_eq!(cup.text, "one two. The lid");
    }

    #[test]
    fn code_output_and_messages_are_told_from_prose() {
        let index = index(
            "<figure class=\"listing\"><figcaption><p>Listing 1 Tea. \
             <span class=\"listing-path\">listings/tea.rs</span></p></figcaption>\
             <pre><code><span class=\"boring\">use hidden;\n</span>async fn <span class=\"f\">brew</span>() {\n    brew().await;\n}\n</code></pre>\
             <ul class=\"conditions\"><li>about 1 s</li></ul>\
             <pre class=\"command\"><code><span class=\"prompt\">$ </span>cargo run</code></pre>\
             <pre><code>error[E0277]: no tea\n --&gt; tea.rs:4:5\n  |\n4 |     brew().await;\n  |            ^^^^^ cold\n</code></pre></figure>",
        );
        let [section] = &index.sections[..] else {
            panic!("{index:?}")
        };
        assert_eq!(section.text, "Listing 1 Tea.");
        let lines: Vec<&str> = section.code.lines().collect();
        let expected = [
            "listings/tea.rs",
            "async fn brew() {",
            "brew().await;",
            "cargo run",
            "error[E0277]: no tea",
            "--> tea.rs:4:5",
            "^^^^^ cold",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn the_script_is_named_to_every_page() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let page = |file: &str| Page {
            file: file.to_owned(),
            document: Document::from(
                "<html data-root=\"../\"><script data-search=\"../search.js\"></script><main><p>Tea</p></main></html>",
            ),
        };
        let pages = [page("tea.html"), page("404.html")];
        write(folder.path(), &pages).expect("the folder can be written");
        for page in &pages {
            let script = page.document.select("script");
            let name = script.attr_or("data-search-index", "").to_string();
            let written =
                std::fs::read_to_string(folder.path().join(name.trim_start_matches("../")));
            assert_eq!(
                written.expect("it is there"),
                "self.searchIndex = {\"pages\":[[\"tea.html\",\"\"]],\"sections\":[[0,\"\",\"\",\"Tea\",\"\"]]};\n"
            );
        }
    }
}
