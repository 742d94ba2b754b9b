//! Runs programs that measure themselves, and makes tables and charts of what
//! they print.
//!
//! `measurements/plan.toml` says which examples are run, with which arguments
//! and how often, and what the pages show of it. [`measure`] runs them and
//! writes `measurements/data/<run>.json`, then [`draw`] makes
//! `measurements/pages/<figure>.md` of the data. The same data give the same
//! pages, to the byte, so that [`stale`] can tell a page that does not show
//! what was measured. `measurements/README.md` describes the formats.

mod chart;
mod data;
mod machine;
mod number;
mod page;
mod plan;
mod run;

use anyhow::{Context, Result, bail};
use data::Record;
use plan::{Plan, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Runs what the plan under `root` names, all of it or the runs whose name
/// contains `filter`; writes the data, then all pages.
///
/// # Errors
/// A plan that cannot be read, a filter that names nothing, a program that
/// cannot be built or run or that prints no figures, a file that cannot be
/// written. What was measured before an error stays as it was.
pub fn measure(root: &Path, filter: &str) -> Result<()> {
    let plan = Plan::read(root)?;
    let runs: Vec<&Run> = plan
        .runs
        .iter()
        .filter(|run| run.name.contains(filter))
        .collect();
    if runs.is_empty() {
        let names: Vec<&str> = plan.runs.iter().map(|run| run.name.as_str()).collect();
        bail!(
            "no run is named `{filter}`; the runs are {}",
            names.join(", ")
        );
    }
    let records = run::all(root, &runs)?;
    for (run, record) in runs.iter().zip(&records) {
        record.write(&data_file(root, &run.name))?;
    }
    draw(root)
}

/// Makes every page of the data that were measured before.
///
/// # Errors
/// A plan or data that cannot be read or do not fit each other; a page that
/// cannot be written.
pub fn draw(root: &Path) -> Result<()> {
    for (file, text) in pages(root, &Plan::read(root)?)? {
        let folder = file.parent().expect("a page lies in a folder");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, text))
            .with_context(|| format!("{} cannot be written", file.display()))?;
        eprintln!("Drew {}", shown(root, &file));
    }
    Ok(())
}

/// The files that do not agree with the plan and the data, each with what is
/// wrong: a page that shows something else, a page or data of no use.
///
/// # Errors
/// A plan or data that cannot be read or do not fit each other.
pub fn stale(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let plan = Plan::read(root)?;
    let pages = pages(root, &plan)?;
    for (file, text) in &pages {
        if fs::read_to_string(file).ok().as_ref() != Some(text) {
            found.push(format!(
                "{}: shows something else than the data",
                shown(root, file)
            ));
        }
    }
    let wanted: BTreeSet<PathBuf> = plan
        .runs
        .iter()
        .map(|run| data_file(root, &run.name))
        .chain(pages.into_keys())
        .collect();
    for folder in [data_folder(root), page_folder(root)] {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let file = entry?.path();
            if !wanted.contains(&file) {
                found.push(format!("{}: the plan does not name it", shown(root, &file)));
            }
        }
    }
    Ok(found)
}

/// The text of each page, by its file.
fn pages(root: &Path, plan: &Plan) -> Result<BTreeMap<PathBuf, String>> {
    let mut records = BTreeMap::new();
    for run in &plan.runs {
        let record = Record::read(&data_file(root, &run.name))?;
        record.fits(run)?;
        records.insert(run.name.as_str(), record);
    }
    plan.figures
        .iter()
        .map(|figure| {
            let file = page_folder(root).join(format!("{}.md", figure.name()));
            let text = page::render(figure, &records, &plan.crates)
                .with_context(|| format!("the figure `{}` cannot be drawn", figure.name()))?;
            Ok((file, text))
        })
        .collect()
}

fn data_folder(root: &Path) -> PathBuf {
    root.join("measurements/data")
}

fn data_file(root: &Path, run: &str) -> PathBuf {
    data_folder(root).join(format!("{run}.json"))
}

fn page_folder(root: &Path) -> PathBuf {
    root.join("measurements/pages")
}

fn shown(root: &Path, file: &Path) -> String {
    file.strip_prefix(root)
        .unwrap_or(file)
        .display()
        .to_string()
}
