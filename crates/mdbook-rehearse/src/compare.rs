//! Whether what a step printed is what its transcript says.

use crate::transcript::{Line, Pattern, Step};
use similar::TextDiff;

/// How a printed text differs from the expected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The transcript's line where the difference begins.
    pub line: usize,
    /// What differs, then the difference, line by line: `-` for what the
    /// transcript says, `+` for what was printed.
    pub what: String,
}

/// Whether the printed lines are the expected ones.
pub fn fits(step: &Step, printed: &[String]) -> bool {
    fits_from(&items(step), printed)
}

/// Compares the printed lines with the expected ones.
///
/// # Errors
/// The first place where they differ.
pub fn compare(step: &Step, printed: &[String]) -> Result<(), Mismatch> {
    if fits(step, printed) {
        return Ok(());
    }
    let expected: Vec<&Line> = step.patterns().collect();
    let unmatched = |line: &&&Line| !printed.iter().any(|text| line.pattern.fits(text));
    let missing = expected.iter().filter(unmatched).count();
    let (what, line) = if printed.is_empty() {
        ("it printed nothing", step.line)
    } else if missing == 0 && expected.len() == printed.len() {
        (
            "it printed these lines in another order",
            first_difference(&expected, printed, step),
        )
    } else if missing == 0 && printed.len() > expected.len() {
        (
            "it printed more lines",
            first_difference(&expected, printed, step),
        )
    } else if printed
        .iter()
        .all(|text| expected.iter().any(|l| l.pattern.fits(text)))
    {
        (
            "it printed fewer lines",
            first_difference(&expected, printed, step),
        )
    } else {
        (
            "it printed something else",
            first_difference(&expected, printed, step),
        )
    };
    Err(Mismatch {
        line,
        what: format!("{what}\n{}", difference(&expected, printed)),
    })
}

/// The transcript's line of the first expected line that was not printed
/// where it should have been.
fn first_difference(expected: &[&Line], printed: &[String], step: &Step) -> usize {
    expected
        .iter()
        .enumerate()
        .find(|(index, line)| {
            !printed
                .get(*index)
                .is_some_and(|text| line.pattern.fits(text))
        })
        .map(|(_, line)| line.number)
        .or(expected.last().map(|line| line.number))
        .unwrap_or(step.line)
}

fn difference(expected: &[&Line], printed: &[String]) -> String {
    // A printed line that an expected one allows is shown as the expected
    // one, so that only real differences are marked.
    let shown = |text: &String| {
        expected
            .iter()
            .find(|line| line.pattern.fits(text))
            .map_or_else(|| Line::exactly(text).raw, |line| line.raw.clone())
    };
    let old: String = expected
        .iter()
        .map(|line| format!("{}\n", line.raw))
        .collect();
    let new: String = printed
        .iter()
        .map(|text| format!("{}\n", shown(text)))
        .collect();
    let diff = TextDiff::from_lines(old.as_str(), new.as_str());
    let changes: Vec<String> = diff
        .iter_all_changes()
        .map(|change| format!("{} {}", change.tag(), change.value().trim_end_matches('\n')))
        .collect();
    abridged(changes.iter().map(String::as_str), 60) + "\n"
}

/// At most so many lines, none of them endless, for a finding.
pub fn abridged<'a>(lines: impl Iterator<Item = &'a str>, most: usize) -> String {
    let mut lines = lines.map(|line| match line.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    });
    let mut shown: Vec<String> = lines.by_ref().take(most).collect();
    if lines.next().is_some() {
        shown.push("(and more)".to_owned());
    }
    shown.join("\n")
}

/// What is expected, as the matcher sees it.
enum Item<'a> {
    One(&'a Pattern),
    AnyLines,
    Bag(Vec<&'a Pattern>),
}

fn items(step: &Step) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for section in &step.sections {
        let patterns = section.lines.iter().map(|line| &line.pattern);
        if section.any_order {
            items.push(Item::Bag(patterns.collect()));
        } else {
            items.extend(patterns.map(|pattern| match pattern {
                Pattern::AnyLines => Item::AnyLines,
                pattern => Item::One(pattern),
            }));
        }
    }
    items
}

fn fits_from(items: &[Item<'_>], printed: &[String]) -> bool {
    let Some((item, rest)) = items.split_first() else {
        return printed.is_empty();
    };
    match item {
        Item::One(pattern) => printed
            .split_first()
            .is_some_and(|(text, left)| pattern.fits(text) && fits_from(rest, left)),
        Item::AnyLines => (0..=printed.len()).any(|skip| fits_from(rest, &printed[skip..])),
        Item::Bag(patterns) => printed
            .split_at_checked(patterns.len())
            .is_some_and(|(bag, left)| fits_bag(patterns, bag) && fits_from(rest, left)),
    }
}

/// Whether each pattern can be given a line of its own (augmenting paths, as
/// in Kuhn's matching algorithm: a line may fit several patterns).
fn fits_bag(patterns: &[&Pattern], lines: &[String]) -> bool {
    fn assign(
        pattern: usize,
        patterns: &[&Pattern],
        lines: &[String],
        seen: &mut [bool],
        owner: &mut [Option<usize>],
    ) -> bool {
        for line in 0..lines.len() {
            if seen[line] || !patterns[pattern].fits(&lines[line]) {
                continue;
            }
            seen[line] = true;
            if owner[line].is_none_or(|other| assign(other, patterns, lines, seen, owner)) {
                owner[line] = Some(pattern);
                return true;
            }
        }
        false
    }

    let mut owner = vec![None; lines.len()];
    (0..patterns.len()).all(|pattern| {
        let mut seen = vec![false; lines.len()];
        assign(pattern, patterns, lines, &mut seen, &mut owner)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    fn check(expected: &str, printed: &str) -> Result<(), Mismatch> {
        let text = format!("$ cargo run --example x\n{expected}");
        let transcript = Transcript::parse(&text).expect("a transcript");
        let printed: Vec<String> = printed.lines().map(str::to_owned).collect();
        compare(&transcript.steps[0], &printed)
    }

    fn what(expected: &str, printed: &str) -> String {
        let mismatch = check(expected, printed).expect_err("a mismatch");
        format!("{}: {}", mismatch.line, mismatch.what)
    }

    #[test]
    fn equal_lines_fit() {
        assert_eq!(check("a\nb\n", "a\nb\n"), Ok(()));
    }

    #[test]
    fn each_way_to_differ_is_named_with_its_line() {
        assert_eq!(what("a\nb\n", ""), "1: it printed nothing\n- a\n- b\n");
        assert_eq!(
            what("a\nb\n", "b\na\n"),
            "2: it printed these lines in another order\n+ b\n  a\n- b\n"
        );
        assert_eq!(
            what("a\n", "a\na\n"),
            "2: it printed more lines\n  a\n+ a\n"
        );
        assert_eq!(
            what("a\nb\n", "a\n"),
            "3: it printed fewer lines\n  a\n- b\n"
        );
        assert_eq!(
            what("a\nb\n", "a\nc\n"),
            "3: it printed something else\n  a\n- b\n+ c\n"
        );
    }

    #[test]
    fn order_counts_only_where_it_is_said_to() {
        let expected = "first\n# in any order\na\nb [..]\n";
        assert_eq!(check(expected, "first\nb 7\na\n"), Ok(()));
        assert!(check(expected, "a\nfirst\nb 7\n").is_err());
        assert!(check(expected, "first\na\na\n").is_err());
    }

    #[test]
    fn a_line_in_a_bag_is_used_once_and_by_whom_it_suits() {
        let expected = "# in any order\n[..] 1\nx [..]\n";
        assert_eq!(check(expected, "x 1\ny 1\n"), Ok(()));
        assert_eq!(check(expected, "x 2\nx 1\n"), Ok(()));
        assert!(check(expected, "x 2\nx 3\n").is_err());
    }

    #[test]
    fn dots_stand_for_lines_and_for_text() {
        assert_eq!(check("a\n...\nz\n", "a\nz\n"), Ok(()));
        assert_eq!(check("a\n...\nz\n", "a\nm\nz\nz\n"), Ok(()));
        assert!(check("a\n...\nz\n", "a\nm\n").is_err());
        assert_eq!(check("id [..] of [..].\n", "id 7 of 9.\n"), Ok(()));
        assert!(check("id [..] of [..].\n", "id 7 of 9\n").is_err());
    }

    #[test]
    fn a_backslash_takes_a_line_as_it_stands() {
        assert_eq!(
            check("\\# about 1 ms\n\\...\n", "# about 1 ms\n...\n"),
            Ok(())
        );
        assert!(check("\\...\n", "a\n").is_err());
    }
}
