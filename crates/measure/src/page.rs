//! A figure as a page shows it: chart, table, and how it was measured.

use crate::chart::{self, Bars, Line};
use crate::data::{Measured, Record};
use crate::number;
use crate::plan::{Cell, Cells, Column, Figure, Row, Series, Unit};
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

type Records<'a> = BTreeMap<&'a str, Record>;

/// The Markdown of a figure.
///
/// # Errors
/// A figure that asks for what was not measured, or that mixes units.
pub fn render(figure: &Figure, records: &Records<'_>, crates: &[String]) -> Result<String> {
    let (name, caption, svg, table, runs) = match figure {
        Figure::Growth {
            name,
            caption,
            across,
            upward,
            unit,
            series,
        } => {
            let (svg, table) = growth(across, upward, unit.as_ref(), series, records)?;
            let runs = series.iter().map(|series| series.run.as_str()).collect();
            (name, caption, Some(svg), table, runs)
        }
        Figure::Comparison {
            name,
            caption,
            of,
            columns,
            rows,
        } => {
            let (svg, table) = comparison(of, columns, rows, records)?;
            let runs = rows.iter().map(|row| row.run.as_str()).collect();
            (name, caption, Some(svg), table, runs)
        }
        Figure::Table {
            name,
            caption,
            of,
            columns,
            rows,
        } => {
            let (table, runs) = cells(of, columns, rows, records)?;
            (name, caption, None, table, runs)
        }
    };
    let label = format!("Chart. {caption} The table below it has the figures.");
    let svg = svg.map_or(String::new(), |svg| {
        let named = format!("<svg role=\"img\" aria-label=\"{}\" ", escaped(&label));
        svg.replacen("<svg ", &named, 1) + "\n"
    });
    let stamp = stamp(&runs, records, crates)?;
    Ok(format!(
        "<figure class=\"measured\" id=\"measured-{}\">\n\
         <figcaption>\n\n{caption}\n\n</figcaption>\n\n\
         {svg}{table}\n\
         <div class=\"measured-how\">\n\n{stamp}\n\n</div>\n</figure>\n",
        name.replace('_', "-"),
    ))
}

fn growth(
    across: &str,
    upward: &str,
    larger: Option<&Unit>,
    series: &[Series],
    records: &Records<'_>,
) -> Result<(String, String)> {
    let holds = larger.map_or(1.0, |unit| unit.holds);
    let mut unit: Option<&str> = None;
    let mut lines = Vec::new();
    for series in series {
        let mut points = Vec::new();
        for row in &record(records, &series.run)?.rows {
            let x = match &series.x {
                Some(label) => row.figure(label)?.median,
                None => row
                    .argument
                    .parse()
                    .with_context(|| format!("the argument `{}` is not a number", row.argument))?,
            };
            let y = row.figure(&series.y)?;
            same_unit(y, unit.get_or_insert(&y.unit))?;
            points.push((x, y.median / holds));
        }
        lines.push(Line {
            title: &series.title,
            points,
        });
    }
    let unit = larger.map_or(unit.unwrap_or_default(), |unit| &unit.name);
    let svg = chart::growth(&lines, across, &format!("{upward} ({unit})"))?;

    let mut xs: Vec<f64> = lines
        .iter()
        .flat_map(|line| line.points.iter().map(|point| point.0))
        .collect();
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    let titles = lines.iter().map(|line| format!("{} ({unit})", line.title));
    let head = std::iter::once(across.to_owned()).chain(titles).collect();
    let rows = xs.iter().map(|x| {
        let cells = lines.iter().map(|line| {
            let point = line.points.iter().find(|point| point.0 == *x);
            point.map_or("–".to_owned(), |point| number::rounded(point.1))
        });
        std::iter::once(number::whole(*x)).chain(cells).collect()
    });
    Ok((svg, table(head, rows.collect())))
}

fn comparison(
    of: &str,
    columns: &[Column],
    rows: &[Row],
    records: &Records<'_>,
) -> Result<(String, String)> {
    let mut groups = Vec::new();
    for column in columns {
        let figures = rows
            .iter()
            .map(|row| {
                let record = record(records, &row.run)?;
                let label = format!("{}{}", row.prefix, column.label);
                record.row(&row.argument)?.figure(&label)
            })
            .collect::<Result<Vec<&Measured>>>()?;
        let unit = figures.first().map_or("", |figure| &figure.unit);
        for figure in &figures {
            same_unit(figure, unit)?;
        }
        let title = match unit {
            "" => column.title.clone(),
            unit => format!("{} ({unit})", column.title),
        };
        let values = figures.iter().map(|figure| figure.median).collect();
        groups.push(Bars { title, values });
    }
    let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    let svg = chart::bars(&groups, &titles)?;

    let head = std::iter::once(of.to_owned())
        .chain(groups.iter().map(|group| group.title.clone()))
        .collect();
    let rows = titles.iter().enumerate().map(|(index, title)| {
        let cells = groups
            .iter()
            .map(|group| number::rounded(group.values[index]));
        std::iter::once((*title).to_owned()).chain(cells).collect()
    });
    Ok((svg, table(head, rows.collect())))
}

/// A table of figures, and the runs that they are of.
fn cells<'a>(
    of: &str,
    columns: &[String],
    rows: &'a [Cells],
    records: &Records<'_>,
) -> Result<(String, BTreeSet<&'a str>)> {
    let mut runs = BTreeSet::new();
    let mut lines = Vec::new();
    for row in rows {
        ensure!(
            row.cells.len() == columns.len(),
            "the row `{}` has {} cells, not {}",
            row.title,
            row.cells.len(),
            columns.len()
        );
        let mut line = vec![row.title.clone()];
        for cell in &row.cells {
            line.push(match cell {
                Cell::Text(text) => text.clone(),
                Cell::Figure {
                    run,
                    argument,
                    label,
                } => {
                    runs.insert(run.as_str());
                    let figure = record(records, run)?.row(argument)?.figure(label)?;
                    let number = number::rounded(figure.median);
                    format!("{number} {}", figure.unit).trim_end().to_owned()
                }
            });
        }
        lines.push(line);
    }
    let head = std::iter::once(of.to_owned())
        .chain(columns.iter().cloned())
        .collect();
    Ok((table(head, lines), runs))
}

/// A table; its first column names the row.
fn table(head: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = format!("|---{}|\n", "|---:".repeat(head.len() - 1));
    let rows: String = rows.iter().map(|row| line(row)).collect();
    line(&head) + &rule + &rows
}

/// With which commands, how often, on what and with what it was measured.
fn stamp(runs: &BTreeSet<&str>, records: &Records<'_>, crates: &[String]) -> Result<String> {
    let records = runs
        .iter()
        .map(|run| record(records, run))
        .collect::<Result<Vec<&Record>>>()?;
    let examples: BTreeSet<String> = records
        .iter()
        .map(|record| format!("`{}`", record.example))
        .collect();
    let times: BTreeSet<usize> = records.iter().map(|record| record.times).collect();
    let times: Vec<String> = times.iter().map(usize::to_string).collect();
    let times = match &times[..] {
        [one] if one == "1" => "from one run".to_owned(),
        several => format!("the median of {} runs", several.join(" or ")),
    };
    let mut machines: Vec<&crate::machine::Machine> = Vec::new();
    for record in &records {
        if !machines.contains(&&record.machine) {
            machines.push(&record.machine);
        }
    }
    let machines = machines
        .iter()
        .map(|machine| {
            let versions = crates
                .iter()
                .map(|name| {
                    let version = machine.crates.get(name);
                    let version = version.with_context(|| format!("no crate `{name}`"))?;
                    Ok(format!(", {name} {version}"))
                })
                .collect::<Result<String>>()?;
            Ok(format!(
                "{}, {} cores, {} GiB; {}; {}{versions}",
                machine.processor, machine.cores, machine.memory_gib, machine.system, machine.rustc,
            ))
        })
        .collect::<Result<Vec<String>>>()?;
    Ok(format!(
        "Each figure is {times} of {} (`cargo run --release --example NAME -- …`), \
         measured on {}.",
        Vec::from_iter(examples).join(", "),
        machines.join("; and on "),
    ))
}

/// Refuses a figure that cannot stand beside one in `unit`.
fn same_unit(figure: &Measured, unit: &str) -> Result<()> {
    let Measured {
        label, unit: own, ..
    } = figure;
    ensure!(own == unit, "`{label}` is in {own} and in {unit}");
    Ok(())
}

fn record<'a>(records: &'a Records<'_>, run: &str) -> Result<&'a Record> {
    records
        .get(run)
        .with_context(|| format!("the plan has no run `{run}`"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}
