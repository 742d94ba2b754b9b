//! The picture of a recording: a row for each lane, a column for each step.
//!
//! It is drawn in parts of so many steps as fit on a page of paper. A browser
//! shows them side by side, paper one below another.

use super::track::{Link, State, Stretch, Tracks, is_hidden, polled_branch};
use crate::html::escape;
use crate::recording::format::{LaneKind, Recording, Step, What};
use crate::recording::names;
use std::fmt::Write;
use std::iter;

/// How wide a column is, in CSS pixels. The style sheet and the script know it
/// from the picture.
const COLUMN: usize = 24;
/// How many steps one part shows.
const STEPS: usize = 20;
const AXIS: usize = 22;
/// How high a row is, where nothing is written below its line, and where
/// something is.
const ROWS: [usize; 2] = [33, 38];
/// Where a row's line is, below the row's upper edge.
const LINE: usize = 22;
/// How far the label of a branch is to the right of that of its task.
const INDENT: usize = 12;

/// The parts of a picture, each an SVG.
pub fn parts(recording: &Recording, name: &str) -> String {
    let picture = Picture::of(recording);
    let count = recording.steps.len().div_ceil(STEPS);
    (0..count).map(|part| picture.part(part, name)).collect()
}

struct Picture<'a> {
    recording: &'a Recording,
    labels: Vec<String>,
    tracks: Tracks,
    /// By lane: its row, if it has one.
    rows: Vec<Option<usize>>,
    row_height: usize,
    height: usize,
}

impl Picture<'_> {
    fn of(recording: &Recording) -> Picture<'_> {
        let lanes = recording.lanes.len();
        let shown: Vec<usize> = in_rows(recording);
        let rows = (0..lanes)
            .map(|lane| shown.iter().position(|row| *row == lane))
            .collect();
        let blocks = |step: &Step| matches!(step.what, What::Block { .. });
        let has_notes = recording.threads.len() > 1 || recording.steps.iter().any(blocks);
        let row_height = ROWS[usize::from(has_notes)];
        Picture {
            recording,
            labels: names::labels(recording),
            tracks: Tracks::of(recording),
            rows,
            row_height,
            height: AXIS + shown.len() * row_height,
        }
    }

    /// Where the line of a lane is; that of who waits, if it has no row.
    fn y(&self, lane: usize) -> usize {
        let row = self.rows[lane].or_else(|| {
            let lane = &self.recording.lanes[lane];
            lane.of.or(lane.by).and_then(|of| self.rows[of])
        });
        AXIS + row.unwrap_or(0) * self.row_height + LINE
    }

    /// How many branches a lane is, or is in.
    fn depth(&self, lane: usize) -> usize {
        let lane = &self.recording.lanes[lane];
        let outer = lane.of.map_or(0, |of| self.depth(of));
        outer + usize::from(lane.kind == LaneKind::Branch)
    }

    fn part(&self, part: usize, name: &str) -> String {
        let first = part * STEPS;
        let steps = &self.recording.steps;
        let end = steps.len().min(first + STEPS);
        let width = (end - first) * COLUMN;
        let mut svg = format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\
             <title>Steps {} to {end} of the recorded run of {}</title>\
             <desc>A row for each of: {}. Each step is told in words below.</desc>",
            first + 1,
            escape(name),
            escape(&self.shown_labels().join("; ")),
            height = self.height,
        );
        self.axis(&mut svg, first, end);
        self.rules(&mut svg, width);
        self.stretches(&mut svg, first, end);
        for (number, step) in steps.iter().enumerate().take(end).skip(first) {
            let x = (number - first) * COLUMN + COLUMN / 2;
            let marks = self.branch(number, x) + &self.marks(number, step, x);
            let _ = write!(
                svg,
                "<g class=\"at\" data-step=\"{}\">{marks}</g>",
                number + 1
            );
        }
        svg += "<g class=\"labels\">";
        for (lane, label) in self.labels.iter().enumerate() {
            if let Some(row) = self.rows[lane] {
                let y = AXIS + row * self.row_height + 9;
                let x = 3 + INDENT * self.depth(lane);
                if self.recording.lanes[lane].kind == LaneKind::Branch {
                    let _ = write!(
                        svg,
                        "<path class=\"part\" d=\"M{} {}v6h6\"/>",
                        x - 8,
                        y - 10
                    );
                }
                let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\">{}</text>", escape(label));
            }
        }
        svg + "</g></svg>\n"
    }

    fn shown_labels(&self) -> Vec<String> {
        let mut rows: Vec<(usize, &String)> = self
            .labels
            .iter()
            .enumerate()
            .filter_map(|(lane, label)| Some((self.rows[lane]?, label)))
            .collect();
        rows.sort_unstable();
        rows.into_iter().map(|(_, label)| label.clone()).collect()
    }

    /// A line and a time wherever the time changes, and the time again where a
    /// part begins, for paper.
    fn axis(&self, svg: &mut String, first: usize, end: usize) {
        let steps = &self.recording.steps;
        let mut lines = String::new();
        for number in first..end {
            let at = steps[number].at;
            let is_new = number == 0 || steps[number - 1].at != at;
            if is_new && number > 0 {
                let _ = write!(
                    lines,
                    "M{} {}V{}",
                    (number - first) * COLUMN,
                    AXIS - 6,
                    self.height
                );
            }
            if is_new || number == first {
                let is_alone = steps.get(number + 1).is_none_or(|next| next.at == at);
                let unit = if number == first && is_alone {
                    " ms"
                } else {
                    ""
                };
                let again = if is_new { "" } else { " again" };
                let x = (number - first) * COLUMN + 3;
                let _ = write!(
                    svg,
                    "<text class=\"when{again}\" x=\"{x}\" y=\"11\">{at}{unit}</text>"
                );
            }
        }
        if !lines.is_empty() {
            let _ = write!(svg, "<path class=\"when\" d=\"{lines}\"/>");
        }
    }

    /// A line between two rows.
    fn rules(&self, svg: &mut String, width: usize) {
        let rows = self.rows.iter().flatten().count();
        let lines = (1..rows).map(|row| format!("M0 {}H{width}", AXIS + row * self.row_height));
        let lines: String = lines.collect();
        if !lines.is_empty() {
            let _ = write!(svg, "<path class=\"rule\" d=\"{lines}\"/>");
        }
    }

    /// What the lanes do between the steps.
    fn stretches(&self, svg: &mut String, first: usize, end: usize) {
        let left = first as i64;
        let column = COLUMN as i64;
        let width = (end - first) as i64 * column;
        let x = |number: usize| ((number as i64 - left) * column + column / 2).clamp(0, width);
        // What blocks is drawn over what runs.
        let blocks = |stretch: &&Stretch| stretch.state == State::Blocks;
        let all = || self.tracks.stretches.iter();
        for stretch in all().filter(|it| !blocks(it)).chain(all().filter(blocks)) {
            let (from, to) = (x(stretch.from), x(stretch.to));
            if from == to {
                continue;
            }
            let class = match stretch.state {
                State::Ready => "ready".to_owned(),
                State::Runs(thread) => format!("runs on-{}", thread.unwrap_or(0) % 6),
                State::Waits => "waits".to_owned(),
                State::Awaited => "awaited".to_owned(),
                State::Blocks => "blocks".to_owned(),
            };
            let y = self.y(stretch.lane);
            let _ = write!(svg, "<path class=\"{class}\" d=\"M{from} {y}H{to}\"/>");
        }
    }

    /// In the column of a step of a branch: that its task polls it.
    fn branch(&self, number: usize, x: usize) -> String {
        let step = &self.recording.steps[number];
        let Some(branch) = polled_branch(self.recording, step) else {
            return String::new();
        };
        let on = step.thread.unwrap_or(0) % 6;
        let (left, right) = (x - COLUMN / 2, x + COLUMN / 2);
        let y = self.y(branch);
        let bar = format!("<path class=\"runs part on-{on}\" d=\"M{left} {y}H{right}\"/>");
        let before = number
            .checked_sub(1)
            .map(|before| &self.recording.steps[before]);
        if before.and_then(|before| polled_branch(self.recording, before)) == Some(branch) {
            return bar;
        }
        let outer = self.recording.lanes[branch].of.map_or(y, |of| self.y(of));
        format!("<path class=\"into on-{on}\" d=\"M{left} {outer}V{y}\"/>{bar}")
    }

    /// What a step shows in its column.
    fn marks(&self, number: usize, step: &Step, x: usize) -> String {
        let y = self.y(step.lane);
        let link = self.tracks.links[number].map(|link| self.between(link));
        match &step.what {
            What::Poll => {
                let begin = format!("<path class=\"begin\" d=\"M{x} {}v16\"/>", y - 8);
                begin + &self.thread(step, x, y)
            }
            What::Pending => circle("pending", x, y, 5),
            What::Done => format!(
                "<rect class=\"done\" x=\"{}\" y=\"{}\" width=\"12\" height=\"12\"/>",
                x - 6,
                y - 6
            ),
            What::Drop => format!(
                "<path class=\"drop\" d=\"M{} {}l12 12m0-12l-12 12\"/>",
                x - 6,
                y - 6
            ),
            What::Print { .. } => format!(
                "<path class=\"print\" d=\"M{} {}h12v14h-12z\"/><path class=\"text\" d=\"M{} {}h6m-6 3h6m-6 3h4\"/>",
                x - 6,
                y - 7,
                x - 3,
                y - 3
            ),
            What::Block { ms } => {
                // Of a column alone, the text is all in sight.
                let (end, below) = (x + COLUMN / 2 - 1, y + 14);
                let text = format!(
                    "<text class=\"thread\" text-anchor=\"end\" x=\"{end}\" y=\"{below}\">{ms} ms</text>"
                );
                self.stall(x) + &text
            }
            What::Spawn => match link {
                Some((from, to)) => {
                    arrow("spawn", x, from, to)
                        + &format!(
                            "<path class=\"born\" d=\"M{x} {}l5 5l-5 5l-5-5z\"/>",
                            to - 5
                        )
                }
                None => format!("<path class=\"born\" d=\"M{x} {}l5 5l-5 5l-5-5z\"/>", y - 5),
            },
            What::Wait { .. } => {
                let (from, to) = link.unwrap_or((y, y));
                format!(
                    "<path class=\"wait\" d=\"M{x} {from}V{to}\"/>{}",
                    circle("wait", x, to, 4)
                )
            }
            What::Ready => {
                let (from, to) = link.unwrap_or((y, y));
                format!(
                    "<path class=\"got\" d=\"M{x} {from}V{to}\"/>{}",
                    circle("got", x, to, 4)
                )
            }
            What::Wake { .. } => {
                let (from, to) = link.unwrap_or((y, y));
                let answered = self.tracks.answered[number]
                    .map(|lane| circle("got", x, self.y(lane), 4))
                    .unwrap_or_default();
                let arrow = if from == to {
                    // It wakes itself.
                    format!(
                        "<path class=\"wake\" d=\"M{} {}c-3-12 13-12 10-3\"/><path class=\"head wake\" d=\"M{} {}l-4-6h8z\"/>",
                        x - 5,
                        y - 5,
                        x + 5,
                        y - 4
                    )
                } else {
                    arrow("wake", x, from, to)
                };
                answered + &arrow
            }
        }
    }

    /// What blocks the only thread, stops all rows.
    fn stall(&self, x: usize) -> String {
        match self.recording.threads.len() {
            1 => format!(
                "<path class=\"stall\" d=\"M{} {AXIS}h{COLUMN}V{}h-{COLUMN}z\"/>",
                x - COLUMN / 2,
                self.height
            ),
            _ => String::new(),
        }
    }

    fn between(&self, link: Link) -> (usize, usize) {
        (self.y(link.from), self.y(link.to))
    }

    /// The name of a step's thread, where there are several.
    fn thread(&self, step: &Step, x: usize, y: usize) -> String {
        match step.thread {
            Some(thread) if self.recording.threads.len() > 1 => format!(
                "<text class=\"thread\" x=\"{}\" y=\"{}\">{}</text>",
                x - 2,
                y + 15,
                escape(&self.recording.threads[thread])
            ),
            _ => String::new(),
        }
    }
}

/// The lanes that have rows, each followed by its branches and by what it waits
/// for.
fn in_rows(recording: &Recording) -> Vec<usize> {
    let lanes = 0..recording.lanes.len();
    let tasks = lanes.filter(|lane| recording.lanes[*lane].of.is_none());
    tasks.flat_map(|task| with_own(recording, task)).collect()
}

fn with_own(recording: &Recording, lane: usize) -> Vec<usize> {
    let lanes = 0..recording.lanes.len();
    let (branches, awaited): (Vec<usize>, Vec<usize>) = lanes
        .filter(|other| recording.lanes[*other].of == Some(lane) && !is_hidden(recording, *other))
        .partition(|other| recording.lanes[*other].kind == LaneKind::Branch);
    let own = branches.into_iter().chain(awaited);
    let own = own.flat_map(|other| with_own(recording, other));
    iter::once(lane).chain(own).collect()
}

fn circle(class: &str, x: usize, y: usize, r: usize) -> String {
    format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>")
}

/// An arrow up or down, which ends beside the line that it points to.
fn arrow(class: &str, x: usize, from: usize, to: usize) -> String {
    let (tip, back) = if to > from { (to - 6, -7) } else { (to + 6, 7) };
    format!(
        "<path class=\"{class}\" d=\"M{x} {from}V{tip}\"/>\
         <path class=\"head {class}\" d=\"M{x} {tip}l-4.5 {back}h9z\"/>"
    )
}
