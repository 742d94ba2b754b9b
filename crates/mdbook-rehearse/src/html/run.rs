//! A recorded run as a figure for a browser: its picture, its program with
//! numbered lines, and each step in words. That is all there is on paper and
//! without scripts; `theme/player.js` steps through it.

mod legend;
mod picture;
mod track;

#[cfg(test)]
mod tests;

use super::escape;
use super::highlight::{Line, to_html};
use crate::excerpt::anchor as anchor_mark;
use crate::figure::run_anchor;
use crate::listing::Listing;
use crate::recording::format::{Recording, Step, What};
use crate::recording::words;
use std::fmt::Write;

/// The figure of a listing's recording, in one block of HTML without an empty
/// line. `link` leads to the listing, `lines` are those of [`Listing::code`].
pub fn figure(
    listing: &Listing,
    recording: &Recording,
    number: &str,
    link: &str,
    lines: &[Line],
) -> String {
    let name = format!("Listing {number}");
    let id = run_anchor(&listing.id);
    let steps = recording.steps.len();
    format!(
        "<figure class=\"run\" id=\"{id}\">\n\
         <figcaption><p>The recorded run of <a href=\"{link}\">{name}</a>: what happened, step by step</p></figcaption>\n\
         <run-player>\n\
         <div class=\"run-picture\" tabindex=\"0\" role=\"group\" aria-label=\"Picture of the run of {name}\">\n{picture}</div>\n\
         <div class=\"run-panes\">\n\
         <div class=\"run-program\" tabindex=\"0\" role=\"group\" aria-label=\"The program of {name}, with its line numbers\">{program}</div>\n\
         {output}</div>\n\
         <div class=\"run-deck needs-script\">\n\
         <p class=\"run-now\" role=\"status\"></p>\n\
         <div class=\"run-bar\" role=\"group\" aria-label=\"Steps of the run of {name}\">\
         <input class=\"run-time\" type=\"range\" min=\"1\" max=\"{steps}\" value=\"1\" aria-label=\"Step of the run of {name}\">{buttons}</div>\n</div>\n\
         <details class=\"run-told\"><summary>All {steps} steps in words</summary>\n{told}</details>\n\
         <details class=\"run-key\"><summary>How to read the picture</summary>\n{legend}</details>\n\
         </run-player>\n</figure>\n",
        picture = picture::parts(recording, &name),
        buttons = buttons(),
        program = program(listing, lines),
        output = output(recording),
        told = told(recording, &id),
        legend = legend::legend(recording),
    )
}

/// For a renderer of Markdown: the steps in words.
pub fn markdown(recording: &Recording, number: &str) -> String {
    let steps = recording.steps.iter().zip(words::sentences(recording));
    let items: String = steps
        .zip(1..)
        .map(|((step, sentence), item)| format!("{item}. {} ms: {sentence}\n", step.at))
        .collect();
    format!("**The recorded run of Listing {number}.**\n\n{items}")
}

fn buttons() -> String {
    let icon = |path: &str| {
        format!("<svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>")
    };
    let button = |kind: &str, label: &str, content: &str| {
        let label = match label {
            "" => String::new(),
            label => format!(" aria-label=\"{label}\""),
        };
        format!("<button type=\"button\" class=\"run-{kind}\"{label}>{content}</button>")
    };
    [
        button("first", "First step", &icon("M5 4v12M15 4l-7 6 7 6z")),
        button("back", "Step back", &icon("M14 4l-7 6 7 6z")),
        button("next", "", "Next<span> step</span>"),
        button("last", "Last step", &icon("M15 4v12M5 4l7 6-7 6z")),
        button(
            "play",
            "Play",
            &(icon("M6 4l9 6-9 6z") + &icon("M6 4v12M14 4v12")),
        ),
        button("loop", "", "Loop<span> from here</span>"),
    ]
    .concat()
}

/// The listing as the book shows it, each line with its number in the file.
fn program(listing: &Listing, lines: &[Line]) -> String {
    let numbered = (1..).zip(listing.source.lines());
    let shown = numbered
        .filter(|(_, line)| anchor_mark(line).is_none())
        .skip_while(|(_, line)| line.starts_with("//!") || line.is_empty());
    let items: String = shown
        .zip(lines)
        .map(|((number, _), line)| {
            format!("<li value=\"{number}\"><code>{}</code></li>", to_html(line))
        })
        .collect();
    format!("<ol class=\"run-code\">{items}</ol>")
}

/// The lines of output, each of which leads to its step.
fn output(recording: &Recording) -> String {
    let printed = (1..).zip(&recording.steps).filter_map(|(number, step)| {
        let What::Print { text, .. } = &step.what else {
            return None;
        };
        Some(format!(
            "<li><button type=\"button\" data-step=\"{number}\">{}</button></li>",
            escape(text)
        ))
    });
    let items: String = printed.collect();
    match items.is_empty() {
        true => String::new(),
        false => format!(
            "<div class=\"run-output needs-script\"><p>Output so far</p><ol>{items}</ol></div>\n"
        ),
    }
}

/// A table of the steps in words, each with an id that links can lead to.
fn told(recording: &Recording, id: &str) -> String {
    let mut rows = String::new();
    let steps = recording.steps.iter().zip(words::sentences(recording));
    for ((step, sentence), number) in steps.zip(1..) {
        let _ = writeln!(
            rows,
            "<tr id=\"{id}-{number}\"{}><th scope=\"row\">{number}</th><td class=\"run-when\">{} ms</td>\
             <td><span class=\"run-says\">{}</span>{}</td></tr>",
            lines_of(recording, step),
            step.at,
            escape(&sentence),
            place(recording, step, &sentence),
        );
    }
    format!(
        "<table class=\"run-steps\">\n\
         <thead><tr><th>Step</th><th>Time</th><th>What happens</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n"
    )
}

/// The line that runs, the lines that led there, and where it is known of no
/// line, that of the lane.
fn lines_of(recording: &Recording, step: &Step) -> String {
    let mut attributes = match step.line {
        Some(line) => format!(" data-line=\"{line}\""),
        None => String::new(),
    };
    let mut via: Vec<String> = step.via.iter().map(u32::to_string).collect();
    if step.line.is_none() {
        via.push(recording.lanes[step.lane].line.to_string());
    }
    if !via.is_empty() {
        let _ = write!(attributes, " data-via=\"{}\"", via.join(" "));
    }
    attributes
}

/// Where it happened, if the sentence does not say it: the thread, if there are
/// several, and the line.
fn place(recording: &Recording, step: &Step, sentence: &str) -> String {
    let thread = step
        .thread
        .filter(|_| recording.threads.len() > 1)
        .map(|thread| match &*recording.threads[thread] {
            "main" => "main thread".to_owned(),
            other => other.to_owned(),
        })
        .filter(|thread| !sentence.contains(&**thread));
    let line = step.line.map(|line| format!("line {line}"));
    let says = |line: &String| {
        let mut words = sentence.split(|c: char| !c.is_alphanumeric());
        words.any(|word| line.ends_with(&format!(" {word}")))
    };
    let line = line.filter(|line| !says(line));
    let parts: Vec<String> = thread.into_iter().chain(line).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!(
            " <span class=\"run-where\">{}</span>",
            escape(&parts.join(", "))
        ),
    }
}
