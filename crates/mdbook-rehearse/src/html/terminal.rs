//! What is typed and seen in a terminal, for a browser.

use crate::html::{code_block, escape, span};
use crate::transcript::{Line, Pattern, Section, Step, Transcript};

/// The steps of a transcript.
pub fn steps(transcript: &Transcript) -> String {
    transcript.steps.iter().map(step).collect()
}

fn step(step: &Step) -> String {
    let command = code_block("command", "", &prompted(&format!("$ {}", step.typed)));
    let about = step
        .about
        .map(|about| format!("about {} ms", about.as_millis()));
    let status = (step.status != 0).then(|| format!("exit status {}", step.status));
    let conditions: Vec<String> = about.into_iter().chain(status).collect();
    let sections: String = step.sections.iter().map(section).collect();
    format!(
        "<div class=\"step\">\n\n{command}{}{sections}</div>\n",
        labels(&conditions)
    )
}

fn section(section: &Section) -> String {
    let lines: Vec<String> = section
        .lines
        .iter()
        .map(|line| escape(seen(line)))
        .collect();
    let printed = code_block("printed", "", &lines.join("\n"));
    if section.any_order {
        let label = labels(&["in any order".to_owned()]);
        format!("<div class=\"section\">\n{label}{printed}</div>\n")
    } else {
        printed
    }
}

/// The conditions on what stands around them.
fn labels(conditions: &[String]) -> String {
    if conditions.is_empty() {
        return String::new();
    }
    let items: String = conditions
        .iter()
        .map(|condition| format!("<li>{}</li>", escape(condition)))
        .collect();
    format!("<ul class=\"conditions\">{items}</ul>\n\n")
}

/// The line as a terminal shows it.
fn seen(line: &Line) -> &str {
    match &line.pattern {
        Pattern::Exact(text) => text,
        Pattern::Around(_) | Pattern::AnyLines => &line.raw,
    }
}

/// Commands as HTML, each prompt told from what is typed.
pub fn prompted(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix("$ ") {
        Some(typed) => span("prompt", "$ ") + &escape(typed),
        None => escape(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}
