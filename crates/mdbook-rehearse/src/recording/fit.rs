//! Whether a recording is one of the listing as it is.

use super::EXTENSION;
use super::format::{Lane, LaneKind, Recording, Step, What, fingerprint};
use super::order::Luck;
use super::run::{luck, recordable};
use crate::compare::compare;
use crate::finding::{Finding, RUN};
use crate::listing::Listing;
use similar::TextDiff;
use std::collections::BTreeSet;

/// What is wrong with a listing's recording: it was made from another source,
/// prints something else than the transcript says, or names lines or functions
/// that the source does not have.
pub fn misfits(listing: &Listing, recording: &Recording) -> Vec<Finding> {
    let mend = format!("record it anew: {RUN} record {}", listing.id);
    let find = |line: usize, what: String| {
        Finding::new(listing.beside(EXTENSION), line, what, &mend).check(&listing.id)
    };
    let step = match recordable(listing) {
        Ok(step) => step,
        Err(finding) => return vec![finding],
    };
    // The lines below follow from the source; one finding says enough.
    if recording.source != fingerprint(&listing.source) {
        return vec![find(
            3,
            format!(
                "it was made from another source than {}",
                listing.path.display()
            ),
        )];
    }
    let mut findings = Vec::new();
    if let Err(mismatch) = compare(step, &recording.printed()) {
        let what = format!(
            "what it prints is not what the transcript says: {}",
            mismatch.what
        );
        findings.push(find(1, what));
    }
    let count = listing.source.lines().count();
    let in_steps = recording
        .steps
        .iter()
        .flat_map(|step| step.line.iter().chain(&step.via));
    let mut lines = recording
        .lanes
        .iter()
        .map(|lane| &lane.line)
        .chain(in_steps);
    let is_branch = |lane: &&Lane| lane.kind == LaneKind::Branch;
    for lane in recording.lanes.iter().filter(is_branch) {
        let what = match (&lane.name, lane.of.map(|of| recording.lanes[of].kind)) {
            (Some(name), Some(LaneKind::Main | LaneKind::Task | LaneKind::Branch)) => {
                let name = name.rsplit("::").next().unwrap_or(name);
                let mut words = listing
                    .source
                    .split(|c: char| !c.is_alphanumeric() && c != '_');
                match words.any(|word| word == name) {
                    true => continue,
                    false => format!("it has a branch `{name}`, which the source does not name"),
                }
            }
            _ => "it has a branch without a name, or without a task".to_owned(),
        };
        findings.push(find(1, what));
    }
    if let Some(line) = lines.find(|line| !(1..=count).contains(&(**line as usize))) {
        let what = format!("it names line {line} of a source of {count} lines");
        findings.push(find(1, what));
    }
    findings
}

/// How a recording made afresh differs from the file's text, if it does.
pub fn differs(listing: &Listing, told: &Recording, text: &str) -> Option<Finding> {
    let file = listing.beside(EXTENSION);
    let find = |line: usize, what: String| {
        let mend = format!(
            "if the new one is right, record it: {RUN} record {}",
            listing.id
        );
        Some(Finding::new(&file, line, what, mend).check(&listing.id))
    };
    let kept = match Recording::parse(text) {
        Ok(kept) => kept,
        Err((line, what)) => return find(line, what),
    };
    let is_luck = recordable(listing).is_ok_and(|step| luck(step) == Luck::Kept);
    let told_text = told.to_file();
    if told_text == text || is_luck && doings(&kept) == doings(told) {
        return None;
    }
    let (old, new) = match is_luck {
        true => (doings(&kept).join("\n"), doings(told).join("\n")),
        false => (text.to_owned(), told_text),
    };
    let difference = TextDiff::from_lines(&old, &new);
    let shown = difference.unified_diff().context_radius(1).to_string();
    let line = old
        .lines()
        .zip(new.lines())
        .take_while(|(old, new)| old == new)
        .count()
        + 1;
    find(
        if is_luck { 1 } else { line },
        format!("a new run tells another story\n{shown}"),
    )
}

/// What each task does, whenever and however often: the tasks in an order of
/// their own. Who wakes it and on which thread it runs is luck.
fn doings(recording: &Recording) -> Vec<String> {
    let name = |lane: &Lane| {
        format!(
            "{:?} of line {} {}",
            lane.kind,
            lane.line,
            lane.name.as_deref().unwrap_or("-")
        )
    };
    let of = |index: usize| {
        let mut of = index;
        while let Some(outer) = recording.lanes[of].of {
            of = outer;
        }
        of
    };
    let mut doings: Vec<String> = (0..recording.lanes.len())
        .filter(|index| recording.lanes[*index].kind.runs())
        .map(|index| {
            let own = recording.steps.iter().filter(|step| of(step.lane) == index);
            let steps = own.filter(|step| !matches!(step.what, What::Wake { .. }));
            let steps: BTreeSet<String> = steps
                .map(|step: &Step| {
                    let what = match &step.what {
                        What::Wait { .. } => "Wait".to_owned(),
                        what => format!("{what:?}"),
                    };
                    let line = step
                        .line
                        .map(|line| format!(" in line {line}"))
                        .unwrap_or_default();
                    format!("  {}: {what}{line}", name(&recording.lanes[step.lane]))
                })
                .collect();
            let steps = Vec::from_iter(steps).join("\n");
            format!("{}\n{steps}", name(&recording.lanes[index]))
        })
        .collect();
    doings.sort();
    doings
}
