//! What a reader types and sees: the file `<listing>.console`.
//!
//! ```text
//! $ cargo run --example join
//! # about 200 ms
//! Humidity fetched
//! Temperature fetched
//! ```
//!
//! A transcript is a list of steps. A step is a command (`$ …`), the
//! conditions on it (`# …`) and the lines that it prints. A line that begins
//! with a backslash is taken as it stands, without the backslash; so a program
//! may print what would otherwise mean something here.

use crate::command::{self, Action};
use crate::finding::nearest;
use std::time::Duration;

/// A whole transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    pub steps: Vec<Step>,
}

/// One command, and what is seen before the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The line of the command, counted from 1.
    pub line: usize,
    /// The command as typed, with a trailing `&` if it has one.
    pub typed: String,
    pub action: Action,
    /// Whether the command is left running while the next steps happen.
    pub background: bool,
    /// `# about 200 ms`
    pub about: Option<Duration>,
    /// `# exit status 1`; otherwise 0.
    pub status: i32,
    pub sections: Vec<Section>,
}

/// Lines that come one after another, or in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub any_order: bool,
    pub lines: Vec<Line>,
}

/// An expected line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, counted from 1.
    pub number: usize,
    /// As written in the file.
    pub raw: String,
    pub pattern: Pattern,
}

/// What an expected line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Exactly this.
    Exact(String),
    /// The pieces around each `[..]`.
    Around(Vec<String>),
    /// `...`: any lines, or none.
    AnyLines,
}

/// A line of a transcript that cannot be understood, and how to write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub what: String,
    pub mend: String,
}

impl Mistake {
    pub fn new(line: usize, what: impl Into<String>, mend: impl Into<String>) -> Mistake {
        let (what, mend) = (what.into(), mend.into());
        Mistake { line, what, mend }
    }
}

const CONDITIONS: [&str; 3] = ["in any order", "about 200 ms", "exit status 1"];

impl Transcript {
    /// Reads the text of a transcript.
    ///
    /// # Errors
    /// Every line that means nothing, that no run could contradict, or that
    /// asks for a command that cannot be replayed.
    pub fn parse(text: &str) -> Result<Transcript, Vec<Mistake>> {
        let mut steps: Vec<Step> = Vec::new();
        let mut mistakes = Vec::new();
        for (number, raw) in (1..).zip(text.lines()) {
            let result = if let Some(command) = raw.strip_prefix("$ ") {
                command::parse(number, command).map(|step| steps.push(step))
            } else if let Some(step) = steps.last_mut() {
                match raw.strip_prefix("# ") {
                    Some(condition) => step.add_condition(number, condition),
                    None => step.add_line(number, raw),
                }
            } else {
                Err(Mistake::new(
                    number,
                    "a line before the first command",
                    "begin with what the reader types, such as `$ cargo run --example name`",
                ))
            };
            mistakes.extend(result.err());
        }
        if steps.is_empty() && mistakes.is_empty() {
            mistakes.push(Mistake::new(
                1,
                "an empty transcript",
                "write `$ cargo run --example name` into it, and bless it",
            ));
        }
        let transcript = Transcript { steps };
        transcript.judge(&mut mistakes);
        if mistakes.is_empty() {
            Ok(transcript)
        } else {
            Err(mistakes)
        }
    }

    /// The transcript that a listing has before it was first recorded.
    pub fn unrecorded(example: &str) -> Transcript {
        let command = format!("cargo run --example {example}");
        let step = command::parse(1, &command).expect("the command is well formed");
        Transcript { steps: vec![step] }
    }

    /// Refuses what could not fail and what could not be replayed.
    fn judge(&self, mistakes: &mut Vec<Mistake>) {
        let mut jobs = 0;
        for step in &self.steps {
            let patterns = || step.patterns().map(|line| &line.pattern);
            if patterns().count() > 0 && patterns().all(|p| *p == Pattern::AnyLines) {
                mistakes.push(Mistake::new(
                    step.line,
                    "the output is nothing but `...`, so no run could contradict it",
                    "keep the lines that can be known and put `...` only for the others",
                ));
            }
            if let Action::Interrupt { job } = step.action
                && (job == 0 || job > jobs)
            {
                mistakes.push(Mistake::new(
                    step.line,
                    format!("there is no job {job} to interrupt"),
                    "start the program with a trailing ` &`; such jobs count from 1",
                ));
            }
            if step.background {
                jobs += 1;
                if step.patterns().next().is_none() {
                    mistakes.push(Mistake::new(
                        step.line,
                        "nothing tells when the job in the background is ready",
                        "let the program print a line when it is, and write it under the command",
                    ));
                }
            }
        }
    }

    /// Whether a program is left running while others are: a server.
    pub fn has_background(&self) -> bool {
        self.steps.iter().any(|step| step.background)
    }

    /// Whether every step ends with status 0.
    pub fn succeeds(&self) -> bool {
        self.steps.iter().all(|step| step.status == 0)
    }

    /// The loopback ports that it names, with the lines where it first does.
    pub fn ports(&self) -> Vec<(u16, usize)> {
        let mut ports: Vec<(u16, usize)> = Vec::new();
        let texts = self.steps.iter().flat_map(|step| {
            let lines = step.patterns().map(|line| (line.number, line.raw.as_str()));
            std::iter::once((step.line, step.typed.as_str())).chain(lines)
        });
        for (number, text) in texts {
            for host in ["127.0.0.1:", "localhost:"] {
                for (at, _) in text.match_indices(host) {
                    let digits: String = text[at + host.len()..]
                        .chars()
                        .take_while(char::is_ascii_digit)
                        .collect();
                    if let Ok(port) = digits.parse()
                        && ports.iter().all(|(known, _)| *known != port)
                    {
                        ports.push((port, number));
                    }
                }
            }
        }
        ports
    }

    /// The file's text.
    pub fn to_file(&self) -> String {
        self.write(|line| line.raw.clone())
    }

    /// The text as a reader sees it in a terminal.
    pub fn to_reader(&self) -> String {
        self.write(|line| match &line.pattern {
            Pattern::Exact(text) => text.clone(),
            Pattern::Around(_) | Pattern::AnyLines => line.raw.clone(),
        })
    }

    fn write(&self, line_text: impl Fn(&Line) -> String) -> String {
        let mut lines = Vec::new();
        for step in &self.steps {
            lines.push(format!("$ {}", step.typed));
            if let Some(about) = step.about {
                lines.push(format!("# about {} ms", about.as_millis()));
            }
            if step.status != 0 {
                lines.push(format!("# exit status {}", step.status));
            }
            for section in &step.sections {
                if section.any_order {
                    lines.push("# in any order".to_owned());
                }
                lines.extend(section.lines.iter().map(&line_text));
            }
        }
        lines.join("\n") + "\n"
    }
}

impl Step {
    /// Every expected line, in the order of the file.
    pub fn patterns(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    fn add_condition(&mut self, number: usize, condition: &str) -> Result<(), Mistake> {
        let words: Vec<&str> = condition.split_whitespace().collect();
        match words[..] {
            ["in", "any", "order"] => self.sections.push(Section {
                any_order: true,
                lines: Vec::new(),
            }),
            ["about", amount, unit @ ("ms" | "s")]
                if amount.parse::<u64>().is_ok_and(|n| n > 0) =>
            {
                let amount: u64 = amount.parse().expect("the guard parsed it");
                let factor = if unit == "s" { 1000 } else { 1 };
                self.about = Some(Duration::from_millis(amount * factor));
            }
            ["exit", "status", status] if status.parse::<u8>().is_ok() => {
                self.status = status.parse().expect("the guard parsed it");
            }
            _ => {
                let meant = nearest(condition, CONDITIONS.into_iter())
                    .map(|meant| format!("did you mean `# {meant}`? "))
                    .unwrap_or_default();
                return Err(Mistake::new(
                    number,
                    format!("`# {condition}` is not a condition"),
                    format!(
                        "{meant}the conditions are `# in any order`, `# about 200 ms` and \
                         `# exit status 1`; if the program prints this line, write `\\# {condition}`"
                    ),
                ));
            }
        }
        Ok(())
    }

    fn add_line(&mut self, number: usize, raw: &str) -> Result<(), Mistake> {
        let pattern = Pattern::parse(raw);
        let any_order = self.sections.last().is_some_and(|last| last.any_order);
        if any_order && pattern == Pattern::AnyLines {
            return Err(Mistake::new(
                number,
                "`...` among lines that come in any order",
                "write the lines, with `[..]` for the parts that cannot be known",
            ));
        }
        if matches!(&pattern, Pattern::Around(parts) if parts.iter().all(|p| p.trim().is_empty())) {
            return Err(Mistake::new(
                number,
                "a line that is nothing but `[..]`, so no run could contradict it",
                "keep the part of the line that can be known",
            ));
        }
        if self.sections.is_empty() {
            self.sections.push(Section {
                any_order: false,
                lines: Vec::new(),
            });
        }
        let section = self.sections.last_mut().expect("one was just made sure of");
        section.lines.push(Line {
            number,
            raw: raw.to_owned(),
            pattern,
        });
        Ok(())
    }
}

impl Pattern {
    fn parse(raw: &str) -> Pattern {
        if let Some(literal) = raw.strip_prefix('\\') {
            Pattern::Exact(literal.to_owned())
        } else if raw == "..." {
            Pattern::AnyLines
        } else if raw.contains("[..]") {
            Pattern::Around(raw.split("[..]").map(str::to_owned).collect())
        } else {
            Pattern::Exact(raw.to_owned())
        }
    }

    /// Whether one printed line is as expected. `...` is not a single line.
    pub fn fits(&self, line: &str) -> bool {
        match self {
            Pattern::Exact(text) => text == line,
            Pattern::AnyLines => false,
            Pattern::Around(parts) => fits_around(parts, line),
        }
    }

    /// Whether the line that it fits may go on, so that it may be the begin
    /// of one that is being printed.
    pub fn is_open(&self) -> bool {
        matches!(self, Pattern::Around(parts) if parts.last().is_some_and(String::is_empty))
    }
}

/// Whether `line` is `parts` with any text between each two of them.
fn fits_around(parts: &[String], line: &str) -> bool {
    let (first, rest) = parts
        .split_first()
        .expect("a split yields at least one part");
    let (last, middle) = rest.split_last().expect("there is a `[..]` in the line");
    let Some(mut left) = line.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in middle {
        match left.find(part.as_str()) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last.as_str())
}

impl Line {
    /// The line that expects exactly what was printed.
    pub fn exactly(printed: &str) -> Line {
        let special = printed.starts_with("$ ")
            || printed.starts_with("# ")
            || printed.starts_with('\\')
            || printed == "..."
            || printed.contains("[..]");
        Line {
            number: 0,
            raw: format!("{}{printed}", if special { "\\" } else { "" }),
            pattern: Pattern::Exact(printed.to_owned()),
        }
    }
}
