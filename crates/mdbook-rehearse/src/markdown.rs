//! What a chapter's Markdown holds: directives, blocks, references, links.

use crate::directive::{self, Directive, Fragment};
use crate::finding::Finding;
use crate::settings::Settings;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use std::ops::Range;
use std::path::Path;

/// A link to a listing: `[](listing:chapter/name)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub line: usize,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// The link's own text, as Markdown; empty for "Listing 6.2".
    pub text: String,
    /// `chapter/name`
    pub listing: String,
}

/// Any other link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub line: usize,
    pub target: String,
}

/// A fenced block that an author typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the text, with its fences.
    pub range: Range<usize>,
    /// The first word behind the fence.
    pub tag: String,
    pub text: String,
}

/// A chapter's text, taken apart.
#[derive(Debug, Clone, Default)]
pub struct Chapter {
    pub directives: Vec<Directive>,
    pub fragments: Vec<Fragment>,
    pub references: Vec<Reference>,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub findings: Vec<Finding>,
}

/// A parser that reads Markdown as mdBook does.
fn parse(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    new_cmark_parser(text, &MarkdownOptions::default()).into_offset_iter()
}

/// Takes a chapter apart; `file` is named in findings.
pub fn read(text: &str, file: &Path, settings: &Settings) -> Chapter {
    let mut chapter = Chapter::default();
    directive::read(text, file, &mut chapter);
    let slug = file
        .file_stem()
        .map(|stem| stem.display().to_string())
        .unwrap_or_default();
    let line_of = |offset: usize| text[..offset].matches('\n').count() + 1;
    let mut find = |offset: usize, what: String, mend: &str| {
        let finding = Finding::new(file, line_of(offset), what, mend).check(&slug);
        chapter.findings.push(finding);
    };
    // The code block that is open: where it starts, its tag and its text.
    let mut open_block: Option<(usize, Option<String>, String)> = None;
    // The first text of the link that is open, and where it starts.
    let mut open_link: Option<(Range<usize>, Option<Range<usize>>)> = None;
    for (event, range) in parse(text) {
        if let Some((_, inner)) = &mut open_link
            && !matches!(event, Event::End(TagEnd::Link))
        {
            let end = range.end;
            inner.get_or_insert(range.clone()).end = end;
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.into_string()),
                    CodeBlockKind::Indented => None,
                };
                open_block = Some((range.start, info, String::new()));
            }
            Event::Text(piece) => {
                if let Some((_, _, block)) = &mut open_block {
                    block.push_str(&piece);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((start, info, block)) = open_block.take() {
                    if let Some((what, mend)) = judge_block(info.as_deref(), &block, settings) {
                        find(start, what, &mend);
                    }
                    chapter.blocks.push(Block {
                        range,
                        tag: words(info.as_deref().unwrap_or_default())
                            .next()
                            .unwrap_or_default()
                            .to_owned(),
                        text: block,
                    });
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.to_ascii_lowercase();
                if html.contains("<pre") || html.contains("<code") {
                    find(
                        range.start,
                        "code in raw HTML, which nothing checks".into(),
                        "show a listing with `{{#listing chapter/name}}`",
                    );
                }
            }
            Event::Start(Tag::Link {
                dest_url,
                link_type,
                ..
            }) => {
                if let Some(listing) = dest_url.strip_prefix("listing:") {
                    open_link = Some((range.clone(), None));
                    chapter.references.push(Reference {
                        line: line_of(range.start),
                        range,
                        text: String::new(),
                        listing: listing.to_owned(),
                    });
                } else if !matches!(link_type, LinkType::Email | LinkType::Autolink) {
                    let target = dest_url.to_string();
                    chapter.links.push(Link {
                        line: line_of(range.start),
                        target,
                    });
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some((_, inner)) = open_link.take()
                    && let Some(reference) = chapter.references.last_mut()
                {
                    reference.text = inner
                        .map(|inner| text[inner].to_owned())
                        .unwrap_or_default();
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let target = dest_url.to_string();
                chapter.links.push(Link {
                    line: line_of(range.start),
                    target,
                });
            }
            _ => {}
        }
    }
    chapter
}

/// The words behind a fence.
fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|word| !word.is_empty())
}

type Wrong = (String, String);

/// What is wrong with a block that an author typed into a chapter.
fn judge_block(info: Option<&str>, block: &str, settings: &Settings) -> Option<Wrong> {
    let Some(info) = info else {
        return Some((
            "an indented block, which has no tag".into(),
            "fence it with ``` and a tag; a listing's output comes with `{{#output …}}`".into(),
        ));
    };
    let words: Vec<&str> = words(info).collect();
    let rust = [
        "rust",
        "rs",
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
    ];
    let is_rust = words
        .iter()
        .any(|word| rust.contains(word) || word.starts_with("edition20"));
    let tag = words.first().copied().unwrap_or_default();
    if is_rust {
        Some((
            "a Rust block that is not a listing, so nothing proves it".into(),
            "make it a listing and show that with `{{#listing chapter/name}}`".into(),
        ))
    } else if tag.is_empty() {
        Some((
            "a block without a tag".into(),
            "show a listing's output with `{{#output chapter/name}}`; tag commands as `console`"
                .into(),
        ))
    } else if tag == "console" {
        let typed = block
            .lines()
            .find(|line| !line.trim().is_empty() && !line.trim_start().starts_with("$ "))?;
        Some((
            format!("output that was typed by hand: `{}`", typed.trim()),
            "keep only the commands, `$ …`; a listing's output comes with `{{#listing …}}`".into(),
        ))
    } else if !settings.fences.iter().any(|fence| fence == tag) {
        Some((
            format!("a block with the unknown tag `{tag}`"),
            "use `console` for commands, or add the tag to `fences` in book.toml".into(),
        ))
    } else {
        None
    }
}
