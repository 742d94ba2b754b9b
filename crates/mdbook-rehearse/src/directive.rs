//! The directives in a chapter's Markdown: `{{#…}}`, each alone on its line.

use crate::figure::Shown;
use crate::finding::{Finding, nearest};
use crate::markdown::Chapter;
use std::path::Path;

/// A directive of this tool, alone on its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Counted from 1.
    pub line: usize,
    pub kind: DirectiveKind,
    /// `chapter/name`
    pub listing: String,
    /// The listing from which changed lines are marked: `chapter/name`.
    pub since: Option<String>,
}

impl Directive {
    /// What it shows among `all` directives of its chapter. Where the chapter
    /// shows an output by itself, the listing leaves it out. Where the chapter
    /// is the first to show the listing, and has only excerpts of it, the last
    /// of them has the output.
    pub fn shown(&self, all: &[Directive], is_first_page: bool) -> Shown<'_> {
        let of_listing = || {
            all.iter()
                .filter(|other| other.listing == self.listing && other.kind != DirectiveKind::Run)
        };
        let has = |kind| of_listing().any(|other| other.kind == kind);
        let is_apart = has(DirectiveKind::Output);
        let is_whole = has(DirectiveKind::Listing);
        let is_last = of_listing().next_back() == Some(self);
        match &self.kind {
            DirectiveKind::Listing if is_apart => Shown::Code,
            DirectiveKind::Listing => Shown::CodeAndOutput,
            DirectiveKind::Excerpt(anchor)
                if is_first_page && is_last && !is_apart && !is_whole =>
            {
                Shown::ExcerptAndOutput(anchor)
            }
            DirectiveKind::Excerpt(anchor) => Shown::Excerpt(anchor),
            DirectiveKind::Output => Shown::Output,
            DirectiveKind::Run => Shown::Run,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectiveKind {
    /// `{{#listing chapter/name}}`, and `since chapter/name` if need be
    Listing,
    /// `{{#listing chapter/name:anchor}}`, and `since` likewise
    Excerpt(String),
    /// `{{#output chapter/name}}`
    Output,
    /// `{{#run chapter/name}}`
    Run,
}

impl DirectiveKind {
    /// Whether it shows code of the listing.
    pub fn has_code(&self) -> bool {
        !matches!(self, DirectiveKind::Output | DirectiveKind::Run)
    }
}

/// Text that a program of the book writes: `{{#fragment path/to/file.md}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Counted from 1.
    pub line: usize,
    /// From the book's root.
    pub path: String,
}

/// Finds every `{{#…}}`. mdBook expands them in code as well, so it does not
/// matter where they stand; `\{{#…}}` is text.
pub fn read(text: &str, file: &Path, chapter: &mut Chapter) {
    let slug = file
        .file_stem()
        .map(|stem| stem.display().to_string())
        .unwrap_or_default();
    for (number, line) in (1..).zip(text.lines()) {
        let mut rest = line;
        while let Some(at) = rest.find("{{#") {
            let escaped = rest[..at].ends_with('\\');
            let body = &rest[at + 3..];
            let end = body.find("}}");
            rest = end.map_or("", |end| &body[end + 2..]);
            if escaped {
                continue;
            }
            let body = &body[..end.unwrap_or(body.len())];
            let alone = line.starts_with("{{#") && line.trim_end().ends_with("}}");
            match parse_directive(body, end.is_some() && alone) {
                Ok(None) => {}
                Ok(Some(Parsed::Directive(kind, listing, since))) => {
                    chapter.directives.push(Directive {
                        line: number,
                        kind,
                        listing,
                        since,
                    });
                }
                Ok(Some(Parsed::Fragment(path))) => {
                    chapter.fragments.push(Fragment { line: number, path });
                }
                Err((what, mend)) => {
                    let finding = Finding::new(file, number, what, mend).check(&slug);
                    chapter.findings.push(finding);
                }
            }
        }
    }
}

type Wrong = (String, String);

enum Parsed {
    /// The listing, and the one since which changes are marked.
    Directive(DirectiveKind, String, Option<String>),
    Fragment(String),
}

fn parse_directive(body: &str, alone: bool) -> Result<Option<Parsed>, Wrong> {
    let (name, argument) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let argument = argument.trim();
    let form = "the directives are `{{#listing chapter/name}}`, `{{#listing chapter/name:anchor}}`, \
                both also `{{#listing … since chapter/name}}`, `{{#output chapter/name}}`, \
                `{{#run chapter/name}}` and `{{#fragment path/to/file.md}}`";
    match name {
        "title" => return Ok(None),
        "include" | "rustdoc_include" | "playground" => {
            return Err((
                format!("`{{{{#{name}}}}}` lets a mistake pass: a missing file or anchor is no error"),
                "show a listing with `{{#listing chapter/name}}` or `{{#listing chapter/name:anchor}}`".into(),
            ));
        }
        "listing" | "output" | "run" | "fragment" => {}
        _ => {
            let meant = nearest(name, ["listing", "output", "run", "fragment"].into_iter())
                .map(|meant| format!("did you mean `{{{{#{meant} …}}}}`? "))
                .unwrap_or_default();
            return Err((
                format!("unknown directive `{name}`"),
                format!("{meant}{form}"),
            ));
        }
    }
    if !alone || argument.is_empty() {
        let argument = match name {
            "fragment" => "path/to/file.md",
            _ => "chapter/name",
        };
        return Err((
            format!("`{name}` is not of the form `{{{{#{name} {argument}}}}}`, alone on its line"),
            form.to_owned(),
        ));
    }
    if name == "fragment" {
        return Ok(Some(Parsed::Fragment(argument.to_owned())));
    }
    let words: Vec<&str> = argument.split_whitespace().collect();
    let (shown, since) = match (name, &words[..]) {
        (_, [shown]) => (*shown, None),
        ("listing", [shown, "since", since]) => (*shown, Some((*since).to_owned())),
        _ => {
            let what = format!("`{argument}` is more than the name of a listing");
            return Err((what, form.to_owned()));
        }
    };
    let (listing, anchor) = match shown.split_once(':') {
        Some((listing, anchor)) => (listing, Some(anchor)),
        None => (shown, None),
    };
    let kind = match (name, anchor) {
        ("listing", None) => DirectiveKind::Listing,
        ("listing", Some(anchor)) => DirectiveKind::Excerpt(anchor.to_owned()),
        ("run", None) => DirectiveKind::Run,
        (_, None) => DirectiveKind::Output,
        (_, Some(_)) => {
            let what = match name {
                "run" => "a run",
                _ => "an output",
            };
            return Err((
                format!("{what} has no anchors"),
                format!("write `{{{{#{name} chapter/name}}}}`"),
            ));
        }
    };
    Ok(Some(Parsed::Directive(kind, listing.to_owned(), since)))
}
