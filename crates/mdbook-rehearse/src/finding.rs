//! What is wrong with a book, said so that its author can mend it.

use std::fmt;
use std::path::{Path, PathBuf};

/// Stands in a remedy for how the book's author runs the tool.
pub const RUN: &str = "$RUN";

/// One thing that is wrong: where, what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the book's root.
    pub file: PathBuf,
    /// The line in it, counted from 1.
    pub line: usize,
    /// What is wrong. Later lines give details, such as a difference.
    pub what: String,
    /// What to do about it; may name a command of the tool, after [`RUN`].
    pub mend: String,
    /// What to give to the `test` command to check again: a listing, a
    /// chapter, or nothing for the whole book.
    pub filter: String,
}

impl Finding {
    /// A finding that the whole-book check repeats.
    pub fn new(
        file: impl AsRef<Path>,
        line: usize,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Finding {
        Finding {
            file: file.as_ref().to_path_buf(),
            line,
            what: what.into(),
            mend: mend.into(),
            filter: String::new(),
        }
    }

    /// Says what to check again once it is mended.
    pub fn check(mut self, filter: impl fmt::Display) -> Finding {
        self.filter = filter.to_string();
        self
    }
}

/// Everything that was found, in the order of files and lines, with the
/// command that checks each again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    found: Vec<Finding>,
    command: String,
}

impl Findings {
    /// `command` is how this book's author runs the tool, such as `cargo run --`.
    pub fn new(mut found: Vec<Finding>, command: &str) -> Findings {
        found.sort();
        found.dedup();
        Findings {
            found,
            command: command.to_owned(),
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Nothing found is success; otherwise all of it is the error.
    pub fn into_result(self) -> Result<(), Findings> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.found.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let mut what = finding.what.lines();
            let first = what.next().unwrap_or_default();
            writeln!(f, "{}:{}: {first}", finding.file.display(), finding.line)?;
            for line in what {
                writeln!(f, "{}", format!("  {line}").trim_end())?;
            }
            let mend = finding.mend.replace(RUN, &self.command);
            writeln!(f, "  to mend it: {mend}")?;
            let check = format!("{} test {}", self.command, finding.filter);
            writeln!(f, "  to check it: {}", check.trim_end())?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}

/// The candidate that was probably meant, if one is close.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= word.len().div_ceil(3))
        .min()
        .map(|(_, candidate)| candidate)
}
