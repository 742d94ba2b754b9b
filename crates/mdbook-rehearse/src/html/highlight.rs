//! Code in colors: what each stretch of a line is, found at build time.

use crate::html::{escape, span};
use std::sync::LazyLock;
use tree_sitter_highlight::{Highlight, HighlightConfiguration, HighlightEvent, Highlighter};

/// A stretch of a line that looks alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its class in the page; empty for plain text.
    pub class: &'static str,
    pub text: String,
}

/// A line of code, without its end.
pub type Line = Vec<Piece>;

/// The captures of the grammars' queries, with their classes. A capture has the
/// class of the longest name here that is the begin of its own.
const CLASSES: [(&str, &str); 21] = [
    ("attribute", "a"),
    ("boolean", "n"),
    ("comment", "c"),
    ("constant", "n"),
    ("constructor", "t"),
    ("escape", "s"),
    ("function", "f"),
    ("function.macro", "m"),
    ("keyword", "k"),
    ("label", "l"),
    ("number", "n"),
    ("operator", ""),
    ("property", ""),
    ("punctuation", ""),
    ("string", "s"),
    ("type", "t"),
    ("type.builtin", "t"),
    ("variable.builtin", "k"),
    ("variable.crate", ""),
    ("variable.parameter", ""),
    ("variable", ""),
];

/// What the grammar's own query leaves out or mistakes. The later pattern of two
/// for the same node counts.
const RUST_ADDED: &str = r#"
((identifier) @constant (#match? @constant "^[A-Z][A-Z0-9_]+$"))
(lifetime) @label
(field_expression field: (integer_literal) @property)
(self) @variable.builtin
((call_expression function: (identifier) @constructor) (#match? @constructor "^[A-Z]"))
((call_expression function: (scoped_identifier name: (identifier) @constructor))
 (#match? @constructor "^[A-Z]"))
(macro_invocation
  macro: (scoped_identifier name: (identifier) @function.macro)
  "!" @function.macro)
"#;

static RUST: LazyLock<HighlightConfiguration> = LazyLock::new(|| {
    configured(HighlightConfiguration::new(
        tree_sitter_rust::LANGUAGE.into(),
        "rust",
        &format!("{}{RUST_ADDED}", tree_sitter_rust::HIGHLIGHTS_QUERY),
        tree_sitter_rust::INJECTIONS_QUERY,
        "",
    ))
});

static TOML: LazyLock<HighlightConfiguration> = LazyLock::new(|| {
    configured(HighlightConfiguration::new(
        tree_sitter_toml_ng::LANGUAGE.into(),
        "toml",
        tree_sitter_toml_ng::HIGHLIGHTS_QUERY,
        "",
        "",
    ))
});

/// Sets the classes up.
fn configured<E: std::fmt::Debug>(
    made: Result<HighlightConfiguration, E>,
) -> HighlightConfiguration {
    let mut configuration = made.expect("the grammar fits its query");
    configuration.configure(&CLASSES.map(|(name, _)| name));
    configuration
}

/// The lines of a Rust program.
pub fn rust(code: &str) -> Vec<Line> {
    highlight(&RUST, code)
}

/// The lines of a TOML file.
pub fn toml(code: &str) -> Vec<Line> {
    highlight(&TOML, code)
}

/// A stretch for which nothing is known is plain; so is all of it if the
/// grammar gives up.
fn highlight(configuration: &'static HighlightConfiguration, code: &str) -> Vec<Line> {
    let mut highlighter = Highlighter::new();
    let mut lines = Lines::default();
    let mut open: Vec<&'static str> = Vec::new();
    let mut end = 0;
    let same_language = move |name: &str| (name == "rust").then_some(configuration);
    let events = highlighter.highlight(configuration, code.as_bytes(), None, None, same_language);
    for event in events.into_iter().flatten().map_while(Result::ok) {
        match event {
            HighlightEvent::HighlightStart(Highlight(index)) => open.push(CLASSES[index].1),
            HighlightEvent::HighlightEnd => {
                open.pop();
            }
            HighlightEvent::Source { start, end: to } => {
                // What stands in an attribute or a lifetime is no other thing.
                let whole = open.iter().find(|class| matches!(**class, "a" | "l"));
                let class = whole.or(open.last()).copied().unwrap_or_default();
                lines.push(class, code.get(start..to).unwrap_or_default());
                end = to;
            }
        }
    }
    lines.push("", code.get(end..).unwrap_or_default());
    lines.done
}

/// Lines under construction.
struct Lines {
    done: Vec<Line>,
}

impl Default for Lines {
    fn default() -> Lines {
        Lines {
            done: vec![Vec::new()],
        }
    }
}

impl Lines {
    fn push(&mut self, class: &'static str, text: &str) {
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                self.done.push(Vec::new());
            }
            let line = self.done.last_mut().expect("there is at least one line");
            append(line, class, part);
        }
    }
}

/// Adds to a line, to its last piece if it looks like it.
fn append(line: &mut Line, class: &'static str, text: &str) {
    if text.is_empty() {
        return;
    }
    match line.last_mut() {
        Some(last) if last.class == class => last.text.push_str(text),
        _ => line.push(Piece {
            class,
            text: text.to_owned(),
        }),
    }
}

/// The line as HTML. Spaces between two pieces of one class take its class, so
/// that `pub async fn` is one element.
pub fn to_html(line: &[Piece]) -> String {
    let mut merged: Line = Vec::new();
    for (index, piece) in line.iter().enumerate() {
        let before = merged.last().map_or("", |last| last.class);
        let after = line.get(index + 1).map_or("", |next| next.class);
        let joins = piece.text.trim().is_empty() && before == after;
        append(
            &mut merged,
            if joins { before } else { piece.class },
            &piece.text,
        );
    }
    let pieces = merged.iter().map(|piece| match piece.class {
        "" => escape(&piece.text),
        class => span(class, &piece.text),
    });
    pieces.collect()
}

/// The line without its first `indent` bytes, which are spaces.
pub fn dedented(line: &[Piece], indent: usize) -> Line {
    let mut left = indent;
    let mut rest = Line::new();
    for piece in line {
        let text = piece.text.get(left..).unwrap_or_default();
        left = left.saturating_sub(piece.text.len());
        append(&mut rest, piece.class, text);
    }
    rest
}
