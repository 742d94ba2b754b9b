//! What the compiler says, for a browser: its lines as a terminal would color
//! them.

use crate::html::{escape, span};

/// A compiler's message as HTML.
pub fn message(text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(line).collect();
    lines.join("\n")
}

fn line(text: &str) -> String {
    let is_error = text.starts_with("error:") || text.starts_with("error[");
    if is_error {
        return span("e", text);
    }
    if let Some(end) = label(text) {
        return span("h", &text[..end]) + &escape(&text[end..]);
    }
    let gutter = gutter(text);
    let (gutter, rest) = text.split_at(gutter);
    let head = if gutter.trim().is_empty() {
        escape(gutter)
    } else {
        span("g", gutter)
    };
    if let Some(end) = label(rest) {
        return head + &span("h", &rest[..end]) + &escape(&rest[end..]);
    }
    // Under a numbered line stands what points at it.
    if gutter.trim() == "|" {
        return head + &pointers(rest);
    }
    // A line at the left joins what is said of several lines.
    match rest.get(..3) {
        Some(" / " | " | ") => head + " " + &span("u", &rest[1..2]) + &escape(&rest[2..]),
        _ => head + &escape(rest),
    }
}

/// Where the label ends with which a line begins: `note:`.
fn label(text: &str) -> Option<usize> {
    let labels = ["help:", "note:", "warning:"];
    let label = labels.iter().find(|label| text.starts_with(**label))?;
    Some(label.len())
}

/// Where the margin ends that the compiler draws: `12 |`, `-->`, `=`, `...`.
fn gutter(text: &str) -> usize {
    let space = text.len() - text.trim_start().len();
    let marks = &text[space..];
    for arrow in ["-->", ":::"] {
        if marks.starts_with(arrow) {
            return space + arrow.len();
        }
    }
    if marks == "..." {
        return text.len();
    }
    if space > 0 && marks.starts_with("= ") {
        return space + 2;
    }
    let digits = marks.chars().take_while(char::is_ascii_digit).count();
    let after = &marks[digits..];
    let drawn = after.len() - after.trim_start().len();
    let is_drawn = match after.trim_start().as_bytes() {
        [b'|', ..] => digits > 0 || space > 0,
        // A line that the compiler would remove, add or change.
        [b'-' | b'+' | b'~', b' ', ..] => digits > 0 && drawn == 1,
        _ => false,
    };
    if is_drawn {
        space + digits + drawn + 1
    } else {
        0
    }
}

/// Marks the carets and lines that point; the words behind them are plain.
fn pointers(text: &str) -> String {
    let drawn = |c: char| "^-+~_|".contains(c);
    let end = text
        .find(|c: char| !drawn(c) && c != ' ')
        .unwrap_or(text.len());
    // A hyphen may be the first of the words.
    let end = text[..end].trim_end().len();
    let mut html = String::new();
    let mut rest = &text[..end];
    while !rest.is_empty() {
        let is_drawn = rest.starts_with(drawn);
        let length = rest
            .find(|c: char| drawn(c) != is_drawn)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        html += &if is_drawn {
            span("u", run)
        } else {
            escape(run)
        };
        rest = after;
    }
    html + &escape(&text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        for (text, html) in [
            (
                "error[E0277]: no `Send`",
                r#"<span class="e">error[E0277]: no `Send`</span>"#,
            ),
            (
                "  --> listings/a/b.rs:4:7",
                r#"<span class="g">  --&gt;</span> listings/a/b.rs:4:7"#,
            ),
            ("   |", r#"<span class="g">   |</span>"#),
            (
                "12 |     let a = b - c;",
                r#"<span class="g">12 |</span>     let a = b - c;"#,
            ),
            (
                "   |     ---   ^^^^ is not-here",
                r#"<span class="g">   |</span>     <span class="u">---</span>   <span class="u">^^^^</span> is not-here"#,
            ),
            (
                "12 | |     a();",
                r#"<span class="g">12 |</span> <span class="u">|</span>     a();"#,
            ),
            (
                "   | |_____^ never",
                r#"<span class="g">   |</span> <span class="u">|_____^</span> never"#,
            ),
            (
                "   = note: required",
                r#"<span class="g">   = </span><span class="h">note:</span> required"#,
            ),
            (
                "help: consider this",
                r#"<span class="h">help:</span> consider this"#,
            ),
            (
                "12 +     let a = 1;",
                r#"<span class="g">12 +</span>     let a = 1;"#,
            ),
            (
                "LL |     code, with ellipses",
                "LL |     code, with ellipses",
            ),
            ("...", r#"<span class="g">...</span>"#),
            ("a continued word", "a continued word"),
        ] {
            assert_eq!(line(text), html);
        }
    }
}
