//! A listing as one figure for a browser.
//!
//! What stands here is raw HTML in the chapter's Markdown: such a block lasts
//! to the first empty line; one that begins with `<pre` to its end tag. The
//! captions stay Markdown.

mod compiler;
pub mod highlight;
mod playground;
mod proof;
pub mod run;
mod terminal;

use crate::changed::changed_lines;
use crate::figure::{Shown, anchor, indent};
use crate::listing::{Listing, ListingId, Proof};
use crate::memory::Memory;
use crate::settings::Settings;
use highlight::{Line, dedented, to_html};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Draws the figures of one book. Each listing is parsed once.
pub struct Painter<'a> {
    settings: &'a Settings,
    memory: Memory,
    highlighted: BTreeMap<ListingId, Vec<Line>>,
    /// The listings of which the chapter has shown the whole program.
    shown_whole: BTreeSet<ListingId>,
}

/// A figure to be drawn.
pub struct Figure<'a> {
    pub listing: &'a Listing,
    /// Such as `7.2`.
    pub number: &'a str,
    pub shown: Shown<'a>,
    /// Whether it is the one that references lead to.
    pub is_first: bool,
    /// The listing from which changed lines are marked, and a link to it as
    /// Markdown.
    pub since: Option<(&'a Listing, String)>,
}

impl<'a> Painter<'a> {
    /// Reads what was proved here.
    pub fn new(root: &Path, settings: &'a Settings) -> Painter<'a> {
        Painter {
            settings,
            memory: Memory::open(root, settings),
            highlighted: BTreeMap::new(),
            shown_whole: BTreeSet::new(),
        }
    }

    /// Begins a chapter.
    pub fn begin_chapter(&mut self) {
        self.shown_whole.clear();
    }

    /// The Markdown of a figure.
    pub fn figure(&mut self, figure: &Figure<'_>) -> String {
        let listing = figure.listing;
        let refused = if let Proof::Refused(_) = listing.proof {
            " refused"
        } else {
            ""
        };
        let apart = if figure.shown == Shown::Output {
            " apart"
        } else {
            ""
        };
        let id = if figure.is_first {
            format!(" id=\"{}\"", anchor(&listing.id))
        } else {
            String::new()
        };
        let code = match figure.shown {
            Shown::Output | Shown::Run => String::new(),
            _ => self.code(figure),
        };
        let output = match figure.shown {
            Shown::CodeAndOutput | Shown::ExcerptAndOutput(_) => output(&listing.proof, ""),
            Shown::Output => output(&listing.proof, " guess"),
            Shown::Code | Shown::Excerpt(_) | Shown::Run => String::new(),
        };
        format!(
            "<figure class=\"listing{refused}{apart}\"{id}>\n<figcaption>\n\n{}\n\n</figcaption>\n\
             {code}{output}</figure>\n",
            caption(figure),
        )
    }

    /// The HTML of a listing's recorded run; `link` leads to the listing.
    pub fn run(&mut self, listing: &Listing, number: &str, link: &str) -> String {
        let recording = listing.recording.as_ref().expect("directives were judged");
        let lines = lines_of(&mut self.highlighted, listing);
        run::figure(listing, recording, number, link, lines)
    }

    /// The line for the end of a chapter that shows these listings.
    pub fn proof(&self, listings: &[&Listing]) -> Option<String> {
        let test = format!("{} test", self.settings.run);
        proof::line(listings, &self.memory, &test)
    }

    /// The code, the whole program under an excerpt, and the file's path.
    fn code(&mut self, figure: &Figure<'_>) -> String {
        let listing = figure.listing;
        let lines = lines_of(&mut self.highlighted, listing);
        let is_new = self.shown_whole.insert(listing.id.clone());
        let changed = match figure.since {
            Some((since, _)) => changed_lines(listing, since),
            None => vec![false; lines.len()],
        };
        let mark = |html: String, changed: bool| match changed {
            true => format!("<mark class=\"changed\">{html}</mark>"),
            false => html,
        };
        let whole = || {
            let lines = lines.iter().zip(&changed);
            joined(lines.map(|(line, changed)| mark(to_html(line), *changed)))
        };
        let (code, details) = match figure.shown {
            Shown::Excerpt(anchor) | Shown::ExcerptAndOutput(anchor) => {
                let excerpt = listing.excerpt(anchor).expect("directives were judged");
                let indent = indent(&excerpt);
                let visible = lines
                    .iter()
                    .zip(&changed)
                    .zip(&excerpt)
                    .filter(|(_, (visible, _))| *visible)
                    .map(|((line, changed), _)| mark(to_html(&dedented(line, indent)), *changed));
                let details = if is_new {
                    format!(
                        "<details class=\"listing-whole\"><summary>The whole program</summary>\n\n\
                         {}</details>\n",
                        code_block("", "language-rust", &whole())
                    )
                } else {
                    String::new()
                };
                (joined(visible), details)
            }
            _ => (whole(), String::new()),
        };
        let available = self.settings.playground.as_deref();
        let playground = available
            .filter(|_| is_new)
            .and_then(|has| playground::address(listing, lines, self.memory.crates(), has))
            .map(|address| {
                format!(
                    " <a class=\"listing-playground\" href=\"{}\" rel=\"noopener noreferrer\">\
                     Open in the Playground</a>",
                    escape(&address)
                )
            });
        format!(
            "<div class=\"listing-code\">\n\n{}</div>\n{details}\
             <p class=\"listing-file\"><span class=\"listing-path\">{}</span>{}</p>\n",
            code_block("", "language-rust", &code),
            escape(&listing.path.display().to_string()),
            playground.unwrap_or_default(),
        )
    }
}

/// A listing's code in colors.
fn lines_of<'a>(
    highlighted: &'a mut BTreeMap<ListingId, Vec<Line>>,
    listing: &Listing,
) -> &'a [Line] {
    highlighted
        .entry(listing.id.clone())
        .or_insert_with(|| highlight::rust(&listing.code().join("\n")))
}

/// The caption, as Markdown.
fn caption(figure: &Figure<'_>) -> String {
    let number = format!(
        "<span class=\"listing-number\">Listing {}</span>",
        figure.number
    );
    let caption = match figure.shown {
        Shown::Output => format!("Output of {number}"),
        Shown::Excerpt(_) | Shown::ExcerptAndOutput(_) if !figure.is_first => {
            format!("From {number} {}", figure.listing.caption)
        }
        _ => format!("{number} {}", figure.listing.caption),
    };
    match &figure.since {
        Some((_, link)) => format!(
            "{caption} <span class=\"listing-since\">Marked lines differ from {link}.</span>"
        ),
        None => caption,
    }
}

/// What was printed, or what the compiler says.
fn output(proof: &Proof, guess: &str) -> String {
    match proof {
        Proof::Prints(transcript) => format!(
            "<div class=\"listing-output console{guess}\">\n<p class=\"output-title\">Output</p>\n\
             {}</div>\n",
            terminal::steps(transcript)
        ),
        Proof::Refused(refusal) => format!(
            "<div class=\"listing-output compiler{guess}\">\n\
             <p class=\"output-title\">The compiler, rustc {}</p>\n\n{}</div>\n",
            escape(&refusal.rustc),
            code_block("", "", &compiler::message(&refusal.message))
        ),
        Proof::Unrecorded { .. } => String::new(),
    }
}

/// A block that an author typed into a chapter, in one line, so that it stays
/// whole in a list or a quotation. `None` if nothing is known of such blocks.
pub fn fence(tag: &str, text: &str) -> Option<String> {
    let html = match tag {
        "console" => terminal::prompted(text),
        "toml" => joined(
            highlight::toml(text.trim_end())
                .iter()
                .map(|line| to_html(line)),
        ),
        _ => return None,
    };
    let html = html.replace('\n', "&#10;");
    Some(format!(
        "<pre><code class=\"language-{tag}\">{html}</code></pre>"
    ))
}

/// A block of code between empty lines. Its HTML may hold empty lines, too.
fn code_block(pre_class: &str, code_class: &str, html: &str) -> String {
    let class = |class: &str| match class {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    format!(
        "<pre{}><code{}>{html}</code></pre>\n\n",
        class(pre_class),
        class(code_class)
    )
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Text as the content of an element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn span(class: &str, text: &str) -> String {
    format!("<span class=\"{class}\">{}</span>", escape(text))
}
