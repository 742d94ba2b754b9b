//! Building and running the programs that measure themselves.

use crate::data::{self, Printed, Record, Row};
use crate::machine::Machine;
use crate::plan::Run;
use anyhow::{Context, Result, ensure};
use cargo_metadata::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The package whose examples are run.
const PACKAGE: &str = "listings";

/// Measures each run; says on stderr how far it is.
pub fn all(root: &Path, runs: &[&Run]) -> Result<Vec<Record>> {
    let examples: BTreeSet<&str> = runs.iter().map(|run| run.example.as_str()).collect();
    eprintln!("Building {} programs", examples.len());
    let programs = build(root, &examples)?;
    let machine = Machine::describe(root, PACKAGE)?;
    let total: usize = runs.iter().map(|run| run.arguments.len() * run.times).sum();
    let mut done = 0;
    let mut records = Vec::new();
    for run in runs {
        let program = &programs[run.example.as_str()];
        let mut rows = Vec::new();
        for argument in &run.arguments {
            let mut printed = Vec::new();
            for _ in 0..run.times {
                done += 1;
                eprintln!("{done} of {total}: {} {argument}", run.example);
                printed.push(once(root, program, argument)?);
            }
            let figures = data::summarize(&printed)
                .with_context(|| format!("`{} {argument}` cannot be used", run.example))?;
            rows.push(Row {
                argument: argument.clone(),
                figures,
            });
        }
        records.push(Record::new(run, machine.clone(), rows));
    }
    Ok(records)
}

/// Builds the examples for release; gives each one's program.
fn build<'a>(root: &Path, examples: &BTreeSet<&'a str>) -> Result<BTreeMap<&'a str, PathBuf>> {
    let mut cargo = Command::new("cargo")
        .current_dir(root)
        .args(["build", "--release", "--locked", "--package", PACKAGE])
        .args(examples.iter().flat_map(|example| ["--example", example]))
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo cannot be run")?;
    let output = cargo.stdout.take().expect("it is piped");
    let mut programs = BTreeMap::new();
    for message in Message::parse_stream(BufReader::new(output)) {
        if let Message::CompilerArtifact(artifact) = message?
            && let Some(program) = artifact.executable
            && let Some(example) = examples.get(artifact.target.name.as_str())
        {
            programs.insert(*example, program.into_std_path_buf());
        }
    }
    ensure!(cargo.wait()?.success(), "the programs cannot be built");
    for example in examples {
        ensure!(
            programs.contains_key(example),
            "cargo built no example `{example}`"
        );
    }
    Ok(programs)
}

/// Runs a program once; gives the figures that it printed.
fn once(root: &Path, program: &Path, argument: &str) -> Result<Vec<Printed>> {
    let output = Command::new(program)
        .current_dir(root)
        .args(argument.split_whitespace())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{} cannot be run", program.display()))?;
    let name = program
        .file_stem()
        .unwrap_or_default()
        .display()
        .to_string();
    ensure!(
        output.status.success(),
        "`{name} {argument}` failed: {}",
        output.status
    );
    let figures = data::figures(&String::from_utf8_lossy(&output.stdout));
    ensure!(
        !figures.is_empty(),
        "`{name} {argument}` printed no line `label: number unit`"
    );
    Ok(figures)
}
