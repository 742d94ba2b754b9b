//! Excerpts: the lines of a listing between `// ANCHOR: name` and
//! `// ANCHOR_END: name`.

use crate::finding::Finding;
use crate::listing::Listing;
use std::collections::BTreeSet;

impl Listing {
    /// The program with, for each line, whether it lies in the excerpt.
    ///
    /// # Errors
    /// The names of the excerpts that there are, if it has no such excerpt.
    pub fn excerpt(&self, name: &str) -> Result<Vec<(bool, &str)>, Vec<&str>> {
        let begins = |line: &str| anchor(line) == Some((Mark::Begin, name));
        let ends = |line: &str| anchor(line) == Some((Mark::End, name));
        let mut inside = false;
        let mut found = false;
        let mut lines = Vec::new();
        for line in self.source.lines() {
            if begins(line) {
                (inside, found) = (true, true);
            } else if ends(line) {
                inside = false;
            } else if anchor(line).is_none() {
                lines.push((inside, line));
            }
        }
        if found {
            let code = lines
                .into_iter()
                .skip_while(|(_, line)| line.starts_with("//!") || line.is_empty());
            Ok(code.collect())
        } else {
            Err(self.anchors().map(|(_, name)| name).collect())
        }
    }

    /// The names of its excerpts, with the line where each begins.
    pub fn anchors(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..)
            .zip(self.source.lines())
            .filter_map(|(number, line)| match anchor(line) {
                Some((Mark::Begin, name)) => Some((number, name)),
                _ => None,
            })
    }

    /// The findings about its marks of excerpts.
    pub fn judge_anchors(&self, findings: &mut Vec<Finding>) {
        let mut open: Vec<(&str, usize, bool)> = Vec::new();
        let mut known = BTreeSet::new();
        for (number, line) in (1..).zip(self.source.lines()) {
            let wrong = match anchor(line) {
                Some((Mark::Begin, name)) if !known.insert(name) => {
                    format!("the anchor `{name}` begins twice")
                }
                Some((Mark::Begin, name)) => {
                    open.push((name, number, false));
                    continue;
                }
                Some((Mark::End, name)) => match open.iter().position(|(o, ..)| *o == name) {
                    Some(at) if open[at].2 => {
                        open.remove(at);
                        continue;
                    }
                    Some(at) => {
                        open.remove(at);
                        format!("the anchor `{name}` is empty")
                    }
                    None => format!("the anchor `{name}` ends without having begun"),
                },
                None => {
                    if !line.trim().is_empty() {
                        open.iter_mut().for_each(|(.., filled)| *filled = true);
                    }
                    continue;
                }
            };
            findings.push(Finding::new(&self.path, number, wrong, ANCHOR_MEND).check(&self.id));
        }
        for (name, number, _) in open {
            let what = format!("the anchor `{name}` does not end");
            findings.push(Finding::new(&self.path, number, what, ANCHOR_MEND).check(&self.id));
        }
    }
}

const ANCHOR_MEND: &str = "put `// ANCHOR: name` before the excerpt's lines and \
                           `// ANCHOR_END: name` after them, each name once";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Begin,
    End,
}

/// The mark that a line is, if it is one.
pub fn anchor(line: &str) -> Option<(Mark, &str)> {
    let comment = line.trim_start().strip_prefix("//")?.trim();
    let begin = comment
        .strip_prefix("ANCHOR:")
        .map(|name| (Mark::Begin, name));
    let end = comment
        .strip_prefix("ANCHOR_END:")
        .map(|name| (Mark::End, name));
    begin.or(end).map(|(mark, name)| (mark, name.trim()))
}
