//! A transcript brought up to date with what was performed.

use crate::compare::fits;
use crate::replay::Performed;
use crate::timing::judge_time;
use crate::transcript::{Line, Section, Step, Transcript};
use std::time::Duration;

/// The transcript as it was performed. What still holds is kept as it is
/// written: `[..]`, `...`, `# in any order`, and a time that fits.
pub fn update(transcript: &Transcript, performed: &[Performed]) -> Transcript {
    let steps = transcript.steps.iter().zip(performed);
    Transcript {
        steps: steps
            .map(|(step, performed)| update_step(step, performed))
            .collect(),
    }
}

fn update_step(step: &Step, performed: &Performed) -> Step {
    let mut updated = step.clone();
    if !fits(step, &performed.lines) {
        updated.sections = update_sections(&step.sections, &performed.lines);
    }
    if let Some(about) = step.about
        && judge_time(about, performed.elapsed, performed.held_up).is_err()
    {
        updated.about = rounded(performed.elapsed);
    }
    updated
}

/// Gives each section as many of the printed lines as it had, and the last
/// one the rest.
fn update_sections(sections: &[Section], printed: &[String]) -> Vec<Section> {
    let mut left = printed;
    let mut updated = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let is_last = index + 1 == sections.len();
        let count = if is_last {
            left.len()
        } else {
            section.lines.len().min(left.len())
        };
        let (lines, rest) = left.split_at(count);
        left = rest;
        updated.push(Section {
            any_order: section.any_order,
            lines: update_lines(&section.lines, lines),
        });
    }
    if updated.is_empty() && !left.is_empty() {
        updated.push(Section {
            any_order: false,
            lines: update_lines(&[], left),
        });
    }
    updated
}

/// A printed line that an expected one allows stays written as that one.
fn update_lines(expected: &[Line], printed: &[String]) -> Vec<Line> {
    printed
        .iter()
        .map(|text| {
            let known = expected.iter().find(|line| line.pattern.fits(text));
            known.cloned().unwrap_or_else(|| Line::exactly(text))
        })
        .collect()
}

/// To the unit of the stories, 100 ms, where that holds; otherwise to 10 ms.
/// `None` for what is over at once.
fn rounded(elapsed: Duration) -> Option<Duration> {
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    [(millis + 50) / 100 * 100, millis / 10 * 10]
        .map(Duration::from_millis)
        .into_iter()
        .filter(|about| !about.is_zero())
        .find(|about| judge_time(*about, elapsed, Some(Duration::ZERO)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn updated(transcript: &str, printed: &[&str], elapsed: u64) -> String {
        let transcript = Transcript::parse(transcript).expect("a transcript");
        let performed = Performed {
            lines: printed.iter().map(|line| (*line).to_owned()).collect(),
            elapsed: Duration::from_millis(elapsed),
            status: Some(0),
            held_up: Some(Duration::ZERO),
        };
        update(&transcript, &[performed]).to_file()
    }

    const COMMAND: &str = "$ cargo run --example x\n";

    #[test]
    fn what_holds_is_kept() {
        let old = format!("{COMMAND}# about 200 ms\n# in any order\na [..]\nb\n");
        assert_eq!(updated(&old, &["b", "a 7"], 210), old);
    }

    #[test]
    fn what_does_not_hold_is_replaced() {
        let old = format!("{COMMAND}# about 200 ms\na [..]\nb\n");
        let new = format!("{COMMAND}# about 300 ms\na [..]\nc\n");
        assert_eq!(updated(&old, &["a 7", "c"], 308), new);
    }

    #[test]
    fn a_recorded_time_holds() {
        let with = |about: &str| format!("{COMMAND}{about}a\n");
        let old = with("# about 900 ms\n");
        assert_eq!(updated(&old, &["a"], 389), with("# about 400 ms\n"));
        assert_eq!(updated(&old, &["a"], 263), with("# about 260 ms\n"));
        assert_eq!(updated(&old, &["a"], 47), with("# about 40 ms\n"));
        assert_eq!(updated(&old, &["a"], 3), with(""));
    }

    #[test]
    fn a_new_transcript_is_what_was_printed() {
        let new = format!("{COMMAND}a\n\\# about b\n");
        assert_eq!(updated(COMMAND, &["a", "# about b"], 5), new);
    }
}
