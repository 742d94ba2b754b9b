//! How a listing looks to each renderer but a browser's, which has
//! [`crate::html`].

use crate::expand::attributes;
use crate::facade;
use crate::html::run;
use crate::listing::{Listing, ListingId, Proof};

/// Who reads the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A browser: a figure.
    Html,
    /// rustdoc, through `mdbook test`: a block with what it needs to compile.
    Rustdoc,
    /// skeptic: a block under a heading, from which its test takes the name.
    Skeptic,
    /// Any other renderer: plain Markdown.
    Markdown,
}

impl Medium {
    /// The medium of a renderer's name.
    pub fn of(renderer: &str) -> Medium {
        match renderer {
            "html" => Medium::Html,
            "test" => Medium::Rustdoc,
            "skeptic" => Medium::Skeptic,
            _ => Medium::Markdown,
        }
    }
}

/// What of a listing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    CodeAndOutput,
    Code,
    Excerpt(&'a str),
    ExcerptAndOutput(&'a str),
    Output,
    /// The recorded run.
    Run,
}

/// The id of a listing's figure.
pub fn anchor(id: &ListingId) -> String {
    format!("listing-{}-{}", id.chapter, id.name)
}

/// The id of the figure of a listing's recorded run. That of a step has its
/// number after it.
pub fn run_anchor(id: &ListingId) -> String {
    format!("run-{}-{}", id.chapter, id.name)
}

/// The Markdown of a figure, for all but a browser.
pub fn render(listing: &Listing, number: &str, shown: Shown<'_>, medium: Medium) -> String {
    let code = match shown {
        Shown::CodeAndOutput | Shown::Code => Some(code(listing, None)),
        Shown::Excerpt(anchor) | Shown::ExcerptAndOutput(anchor) => {
            Some(code(listing, Some(anchor)))
        }
        Shown::Output | Shown::Run => None,
    };
    let output = match shown {
        Shown::CodeAndOutput | Shown::ExcerptAndOutput(_) | Shown::Output => output(&listing.proof),
        Shown::Code | Shown::Excerpt(_) | Shown::Run => String::new(),
    };
    if shown == Shown::Run {
        let recording = listing
            .recording
            .as_ref()
            .filter(|_| medium == Medium::Markdown);
        return recording.map_or(String::new(), |it| run::markdown(it, number));
    }
    match medium {
        Medium::Rustdoc => {
            let code = code.map(|code| block(&rustdoc_tag(listing, &code), &with_prelude(&code)));
            code.unwrap_or_default() + &output
        }
        Medium::Skeptic => {
            // skeptic expects every block to compile, in edition 2021.
            let tag = if listing.is_for_skeptic() {
                rust_tag(listing)
            } else {
                "text".to_owned()
            };
            let code = code
                .map(|code| format!("## {}\n\n{}", listing.id, block(&tag, &with_hidden(&code))));
            code.unwrap_or_default() + &output
        }
        Medium::Html | Medium::Markdown => {
            let code = code
                .map(|code| block("rust", &visible(&code)))
                .unwrap_or_default();
            format!(
                "**Listing {number}.** {}\n\n{code}{output}",
                listing.caption
            )
        }
    }
}

/// A line of code, and whether the reader sees it.
pub type CodeLine<'a> = (bool, &'a str);

fn code<'a>(listing: &'a Listing, anchor: Option<&str>) -> Vec<CodeLine<'a>> {
    match anchor {
        None => listing
            .code()
            .into_iter()
            .map(|line| (true, line))
            .collect(),
        Some(anchor) => dedented(listing.excerpt(anchor).expect("directives were judged")),
    }
}

/// Without the indentation that all lines of the excerpt have.
fn dedented(mut code: Vec<CodeLine<'_>>) -> Vec<CodeLine<'_>> {
    let indent = indent(&code);
    for (visible, line) in &mut code {
        if *visible {
            *line = line.get(indent..).unwrap_or_default();
        }
    }
    code
}

/// How far all lines of the excerpt are indented, in bytes.
pub fn indent(code: &[CodeLine<'_>]) -> usize {
    let visible = code
        .iter()
        .filter(|(visible, line)| *visible && !line.is_empty());
    let indents = visible.map(|(_, line)| line.len() - line.trim_start().len());
    indents.min().unwrap_or_default()
}

/// rustdoc and skeptic hide a line that begins with `# `, and take
/// `##` for a visible `#`.
fn hideable((visible, line): &CodeLine<'_>) -> String {
    if *visible {
        let indent = line.len() - line.trim_start().len();
        let (space, text) = line.split_at(indent);
        if text == "#" || text.starts_with("# ") {
            format!("{space}#{text}")
        } else {
            (*line).to_owned()
        }
    } else if line.is_empty() {
        "#".to_owned()
    } else {
        format!("# {line}")
    }
}

fn with_hidden(code: &[CodeLine<'_>]) -> String {
    join(code.iter().map(hideable))
}

fn visible(code: &[CodeLine<'_>]) -> String {
    join(
        code.iter()
            .filter(|(visible, _)| *visible)
            .map(|(_, line)| (*line).to_owned()),
    )
}

/// The code with the hidden lines that bring the dependencies into scope;
/// they go under the attributes of the whole crate, which must come first.
fn with_prelude(code: &[CodeLine<'_>]) -> String {
    let attributes = code
        .iter()
        .take_while(|(_, line)| line.starts_with("#![") || line.is_empty())
        .count();
    let (attributes, rest) = code.split_at(attributes);
    let prelude = facade::prelude().map(|line| format!("# {line}"));
    join(
        attributes
            .iter()
            .map(hideable)
            .chain(prelude)
            .chain(rest.iter().map(hideable)),
    )
}

fn join(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn rust_tag(listing: &Listing) -> String {
    std::iter::once("rust".to_owned())
        .chain(attributes(listing))
        .collect::<Vec<_>>()
        .join(",")
}

/// rustdoc compiles the blocks of a chapter as one crate. The attributes that
/// one listing has for its own crate are not for the others.
fn rustdoc_tag(listing: &Listing, code: &[CodeLine<'_>]) -> String {
    let has_attributes = code.iter().any(|(_, line)| line.starts_with("#!["));
    rust_tag(listing)
        + if has_attributes {
            ",standalone_crate"
        } else {
            ""
        }
}

/// What was printed, or what the compiler says.
fn output(proof: &Proof) -> String {
    match proof {
        Proof::Prints(transcript) => block("console", &transcript.to_reader()),
        Proof::Refused(refusal) => block("text", &refusal.message),
        Proof::Unrecorded { .. } => String::new(),
    }
}

/// A fenced block; the fence is longer than any in the text.
fn block(tag: &str, text: &str) -> String {
    let longest = text
        .lines()
        .map(|line| line.trim_start().chars().take_while(|c| *c == '`').count())
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{tag}\n{}\n{fence}\n\n", text.trim_end_matches('\n'))
}
