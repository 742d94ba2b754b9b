//! What the marks of a picture mean.

use crate::recording::format::{Clock, Lane, LaneKind, Recording, What};
use std::fmt::Write;

/// The marks that the picture of a recording has, and what times are of.
pub fn legend(recording: &Recording) -> String {
    let has = |is: fn(&What) -> bool| recording.steps.iter().any(|step| is(&step.what));
    let is_blocking = recording
        .lanes
        .iter()
        .any(|lane| matches!(lane.kind, LaneKind::Blocking | LaneKind::Thread));
    let runs = match is_blocking {
        true => "It is being polled, or its function runs.",
        false => "It is being polled.",
    };
    let threads = match recording.threads.len() {
        1 => String::new(),
        _ => format!("{runs} Each thread has a color; its name stands below."),
    };
    let runs = if threads.is_empty() { runs } else { &threads };
    let mut marks = vec![(
        "<path class=\"begin\" d=\"M4 1v16\"/><path class=\"runs on-0\" d=\"M4 9H32\"/>",
        runs,
    )];
    let has_branch = |lane: &Lane| lane.kind == LaneKind::Branch;
    let all: [(bool, &str, &str); 10] = [
        (
            recording.lanes.iter().any(has_branch),
            "<path class=\"runs on-0\" d=\"M4 5H32\"/><path class=\"into on-0\" d=\"M12 5V15\"/><path class=\"runs part on-0\" d=\"M12 14H28\"/>",
            "Within its own poll, a task polls a future that is part of it.",
        ),
        (
            has(|what| matches!(what, What::Pending)),
            "<path class=\"runs on-0\" d=\"M4 9H16\"/><path class=\"waits\" d=\"M16 9H32\"/><circle class=\"pending\" cx=\"16\" cy=\"9\" r=\"5\"/>",
            "The poll ends: pending. It waits.",
        ),
        (
            has(|what| matches!(what, What::Done)),
            "<path class=\"runs on-0\" d=\"M4 9H20\"/><rect class=\"done\" x=\"14\" y=\"3\" width=\"12\" height=\"12\"/>",
            "It is done.",
        ),
        (
            has(|what| matches!(what, What::Wake { .. } | What::Spawn)),
            "<path class=\"ready\" d=\"M4 9H32\"/>",
            "It is spawned or woken, and is not polled yet.",
        ),
        (
            has(|what| matches!(what, What::Spawn)),
            "<path class=\"spawn\" d=\"M6 9H19\"/><path class=\"born\" d=\"M24 4l5 5l-5 5l-5-5z\"/>",
            "It spawns a task.",
        ),
        (
            has(|what| matches!(what, What::Wait { .. })),
            "<path class=\"wait\" d=\"M4 9H20\"/><circle class=\"wait\" cx=\"24\" cy=\"9\" r=\"4\"/>",
            "It polls or awaits something that is pending.",
        ),
        (
            has(|what| matches!(what, What::Ready)),
            "<path class=\"got\" d=\"M4 9H20\"/><circle class=\"got\" cx=\"24\" cy=\"9\" r=\"4\"/>",
            "What it waited for is ready.",
        ),
        (
            has(|what| matches!(what, What::Wake { .. })),
            "<path class=\"wake\" d=\"M4 9H24\"/><path class=\"head wake\" d=\"M32 9l-8-4.5v9z\"/>",
            "It wakes a task.",
        ),
        (
            has(|what| matches!(what, What::Print { .. })),
            "<path class=\"print\" d=\"M12 2h12v14h-12z\"/><path class=\"text\" d=\"M15 6h6m-6 3h6m-6 3h4\"/>",
            "It prints a line.",
        ),
        (
            has(|what| matches!(what, What::Drop)),
            "<path class=\"drop\" d=\"M12 3l12 12m0-12l-12 12\"/>",
            "It is dropped before it is done.",
        ),
    ];
    let all = all.into_iter().filter(|(is, _, _)| *is);
    marks.extend(all.map(|(_, mark, means)| (mark, means)));
    if has(|what| matches!(what, What::Block { .. })) {
        marks.push((
            "<path class=\"runs on-0\" d=\"M4 9H32\"/><path class=\"blocks\" d=\"M10 9H26\"/>",
            match recording.threads.len() {
                1 => "It blocks the only thread: nothing else runs.",
                _ => "It blocks its thread.",
            },
        ));
    }
    let mut items = String::new();
    for (mark, means) in marks {
        let _ = writeln!(
            items,
            "<li><svg viewBox=\"0 0 36 18\" width=\"36\" height=\"18\" aria-hidden=\"true\">{mark}</svg> {means}</li>"
        );
    }
    let clock = match recording.clock {
        Clock::Virtual => "Times are those of the paused clock.".to_owned(),
        Clock::Real if recording.unit_ms == 1 => "Times are rounded.".to_owned(),
        Clock::Real => format!("Times are rounded to {} ms.", recording.unit_ms),
    };
    format!(
        "<ul>\n{items}</ul>\n<p>A column is a step, whatever time it took. {clock} Dotted lines are spans of waiting.</p>\n\
         <p class=\"run-marks needs-script\">In the program, the line that runs is marked; the lines that led there, \
         or where the task was spawned, are marked less.</p>\n"
    )
}
