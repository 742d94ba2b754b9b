//! What was measured: `measurements/data/<run>.json`.

use crate::machine::Machine;
use crate::plan::Run;
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The version of the format.
const FORMAT: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    format: u32,
    pub example: String,
    /// How often each argument was run.
    pub times: usize,
    pub machine: Machine,
    pub rows: Vec<Row>,
}

/// The runs with one argument.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub argument: String,
    /// In the order in which the program printed them.
    pub figures: Vec<Measured>,
}

/// One figure over all runs with an argument.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    pub label: String,
    /// Empty for a count.
    pub unit: String,
    pub least: f64,
    pub median: f64,
    pub most: f64,
}

impl Record {
    pub fn new(run: &Run, machine: Machine, rows: Vec<Row>) -> Record {
        Record {
            format: FORMAT,
            example: run.example.clone(),
            times: run.times,
            machine,
            rows,
        }
    }

    pub fn read(file: &Path) -> Result<Record> {
        let mend = "measure it: cargo run --release -- measure";
        let text = fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read; {mend}", file.display()))?;
        let record: Record = serde_json::from_str(&text)
            .with_context(|| format!("{} is malformed; {mend}", file.display()))?;
        ensure!(
            record.format == FORMAT,
            "{} is of format {}, not {FORMAT}; {mend}",
            file.display(),
            record.format
        );
        Ok(record)
    }

    pub fn write(&self, file: &Path) -> Result<()> {
        let folder = file.parent().expect("data lie in a folder");
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(file, text))
            .with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Refuses data that were measured by another plan.
    pub fn fits(&self, run: &Run) -> Result<()> {
        let arguments: Vec<&str> = self.rows.iter().map(|row| row.argument.as_str()).collect();
        ensure!(
            self.example == run.example && self.times == run.times && arguments == run.arguments,
            "the run `{name}` was measured by another plan; measure it again: \
             cargo run --release -- measure {name}",
            name = run.name
        );
        Ok(())
    }

    /// The figures of an argument.
    pub fn row(&self, argument: &str) -> Result<&Row> {
        self.rows
            .iter()
            .find(|row| row.argument == argument)
            .with_context(|| format!("`{}` was not run with `{argument}`", self.example))
    }
}

impl Row {
    /// A figure by its label.
    pub fn figure(&self, label: &str) -> Result<&Measured> {
        self.figures
            .iter()
            .find(|figure| figure.label == label)
            .with_context(|| format!("with `{}` it printed no `{label}`", self.argument))
    }
}

/// One run's figures, brought together with those of the other runs.
///
/// # Errors
/// Runs that printed different labels or units.
pub fn summarize(runs: &[Vec<Printed>]) -> Result<Vec<Measured>> {
    let first = &runs[0];
    for run in runs {
        let same = run.len() == first.len()
            && run
                .iter()
                .zip(first)
                .all(|(a, b)| a.label == b.label && a.unit == b.unit);
        ensure!(same, "two runs printed different labels or units");
    }
    let figures = first.iter().enumerate().map(|(index, figure)| {
        let mut values: Vec<f64> = runs.iter().map(|run| run[index].value).collect();
        values.sort_by(f64::total_cmp);
        Measured {
            label: figure.label.clone(),
            unit: figure.unit.clone(),
            least: values[0],
            // Of an even number of runs, the smaller of the two in the middle.
            median: values[(values.len() - 1) / 2],
            most: values[values.len() - 1],
        }
    });
    Ok(figures.collect())
}

/// A line `label: number unit` of a program's output.
#[derive(Debug, PartialEq)]
pub struct Printed {
    pub label: String,
    pub value: f64,
    pub unit: String,
}

/// Reads the figures in a program's output; other lines are for the reader.
pub fn figures(output: &str) -> Vec<Printed> {
    let figure = |line: &str| {
        let (label, rest) = line.split_once(": ")?;
        let (number, unit) = rest.split_once(' ').unwrap_or((rest, ""));
        let is_number = number.starts_with(|c: char| c.is_ascii_digit());
        let value = number.parse().ok().filter(|_| is_number)?;
        Some(Printed {
            label: label.to_owned(),
            value,
            unit: unit.to_owned(),
        })
    };
    output.lines().filter_map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(label: &str, value: f64, unit: &str) -> Printed {
        Printed {
            label: label.into(),
            value,
            unit: unit.into(),
        }
    }

    #[test]
    fn figures_are_lines_with_a_label_and_a_number() {
        let output = "Counting\nthreads: 1000\nresident: 9.6 KiB each\nsmaller: true\nran: inf s\n";
        let expected = [
            printed("threads", 1000.0, ""),
            printed("resident", 9.6, "KiB each"),
        ];
        assert_eq!(figures(output), expected);
    }

    #[test]
    fn the_median_is_a_run_that_happened() {
        let runs = [4.0, 1.0, 9.0, 2.0].map(|value| vec![printed("took", value, "ms")]);
        let summary = summarize(&runs).expect("the labels agree");
        let figure = &summary[0];
        assert_eq!((figure.least, figure.median, figure.most), (1.0, 2.0, 9.0));
    }

    #[test]
    fn units_that_differ_are_refused() {
        let runs = [
            vec![printed("took", 1.0, "s")],
            vec![printed("took", 900.0, "ms")],
        ];
        assert!(summarize(&runs).is_err());
    }
}
