//! `measurements/plan.toml`: what is run, and what is shown of it.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The crates whose versions the pages name; the data name all.
    pub crates: Vec<String>,
    #[serde(rename = "run")]
    pub runs: Vec<Run>,
    #[serde(rename = "figure")]
    pub figures: Vec<Figure>,
}

/// An example, run with several arguments.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Names the data file.
    pub name: String,
    pub example: String,
    /// One run for each. An argument of several words is passed as several.
    pub arguments: Vec<String>,
    /// How often each is run; what is shown is the median.
    pub times: usize,
}

/// What a page shows: a chart, and the same figures as a table.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Figure {
    /// How figures grow with another one; both axes are logarithmic.
    Growth {
        name: String,
        caption: String,
        /// What the horizontal axis counts.
        across: String,
        /// What the vertical axis measures, without its unit.
        upward: String,
        /// What it is measured in, where that is not the programs' unit.
        unit: Option<Unit>,
        series: Vec<Series>,
    },
    /// The same figures of several runs, side by side.
    Comparison {
        name: String,
        caption: String,
        /// What the first column of the table names.
        of: String,
        /// Each a column of the table and a group of bars.
        columns: Vec<Column>,
        rows: Vec<Row>,
    },
    /// Figures of several runs and units; there is no chart of it.
    Table {
        name: String,
        caption: String,
        /// What the first column names.
        of: String,
        /// The titles of the others.
        columns: Vec<String>,
        rows: Vec<Cells>,
    },
}

impl Figure {
    pub fn name(&self) -> &str {
        match self {
            Figure::Growth { name, .. }
            | Figure::Comparison { name, .. }
            | Figure::Table { name, .. } => name,
        }
    }
}

/// A larger unit than the one that was measured.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub name: String,
    /// How many of the measured unit it holds.
    pub holds: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What the reader calls it.
    pub title: String,
    pub run: String,
    /// The label of the figure that goes across; without one, the argument.
    pub x: Option<String>,
    /// The label of the figure that goes upward.
    pub y: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub title: String,
    /// The figure's label in the program's output.
    pub label: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub title: String,
    pub run: String,
    /// One of the run's arguments.
    pub argument: String,
    /// What stands before each column's label in the program's output.
    #[serde(default)]
    pub prefix: String,
}

/// A row of a table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cells {
    pub title: String,
    pub cells: Vec<Cell>,
}

/// A figure of a run, or none where there is nothing to measure.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Cell {
    Figure {
        run: String,
        argument: String,
        label: String,
    },
    Text(String),
}

impl Plan {
    /// Reads the plan of the book at `root`.
    ///
    /// # Errors
    /// A missing or malformed file, two runs or figures of one name, a run of
    /// nothing.
    pub fn read(root: &Path) -> Result<Plan> {
        let file = "measurements/plan.toml";
        let text = fs::read_to_string(root.join(file))
            .with_context(|| format!("{file} cannot be read"))?;
        let plan: Plan = toml::from_str(&text).with_context(|| format!("{file} is malformed"))?;
        let mut names = BTreeSet::new();
        for run in &plan.runs {
            ensure!(
                names.insert(&run.name),
                "{file}: two runs named `{}`",
                run.name
            );
            ensure!(
                run.times > 0 && !run.arguments.is_empty(),
                "{file}: the run `{}` runs nothing",
                run.name
            );
        }
        let mut names = BTreeSet::new();
        for figure in &plan.figures {
            let name = figure.name();
            ensure!(names.insert(name), "{file}: two figures named `{name}`");
        }
        Ok(plan)
    }
}
