//! A look at one page: in both themes, at every width, and on paper.

use crate::site::{PRINT, Site};
use crate::tab::{Tab, texts};
use anyhow::Result;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt;

/// What a page is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// axe finds nothing, in either theme.
    Axe,
    /// Nothing is wider than the window, too small to be tapped, or covered.
    Widths,
    /// Paper shows what is folded on the screen, and all of it.
    Print,
    /// The console says nothing, and no other host is asked for anything.
    Quiet,
}

impl Part {
    /// What a page is to be looked at for.
    pub fn of(page: &str) -> Vec<Part> {
        use Part::*;
        match page {
            // Its text is that of the chapters, and there axe has read it.
            PRINT => vec![Widths, Print, Quiet],
            _ => vec![Axe, Widths, Print, Quiet],
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Axe => "axe",
            Part::Widths => "widths",
            Part::Print => "print",
            Part::Quiet => "quiet",
        })
    }
}

const AXE: &str = include_str!("axe.min.js");
const RUN_AXE: &str = include_str!("axe.js");
const WIDTHS: &str = include_str!("widths.js");
const PAPER: &str = include_str!("paper.js");

const THEMES: [&str; 2] = ["light", "dark"];
/// The widest first: an image that is loaded late is there at once.
const WINDOWS: [u32; 3] = [1280, 375, 320];
/// A4 less its margins, in CSS pixels.
const SHEET: u32 = 680;

/// So that no page of a visit comes from a cache, and none is kept.
const NO_WORKER: &str = "Object.defineProperty(navigator, 'serviceWorker', { value: undefined });
    delete Navigator.prototype.serviceWorker;";

pub struct Visit(BTreeMap<Part, Vec<String>>);

impl Visit {
    pub fn findings(&self, part: Part) -> Vec<String> {
        self.0.get(&part).cloned().unwrap_or_default()
    }
}

/// Looks at a page in all ways; says what is wrong, and how to see it.
///
/// # Errors
/// If the browser fails.
pub fn visit(tab: &Tab, site: &Site, page: &str) -> Result<Visit> {
    let mut found = BTreeMap::new();
    let parts = Part::of(page);
    let has = |part| parts.contains(&part);
    tab.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": NO_WORKER }),
    )?;
    tab.set_width(WINDOWS[0])?;
    tab.set_media("screen", THEMES[0])?;
    tab.open(&site.at(page))?;
    if has(Part::Axe) {
        found.insert(Part::Axe, axe(tab, page)?);
    }
    if has(Part::Widths) {
        let mut findings = Vec::new();
        for width in WINDOWS {
            tab.set_width(width)?;
            let seen = tab.run_with(WIDTHS, vec![json!(width)])?;
            let place = format!("{page}, {width} px wide");
            findings.extend(
                texts(&seen)
                    .into_iter()
                    .map(|line| format!("{place}: {line}")),
            );
        }
        if !findings.is_empty() {
            findings.push(format!("{} in a window of that width", look(page)));
        }
        found.insert(Part::Widths, findings);
    }
    if has(Part::Print) {
        found.insert(Part::Print, print(tab, page)?);
    }
    let origin = format!("{}/", site.origin());
    let asked = tab.requests()?.into_iter();
    let asked = asked
        .filter(|address| is_remote(address) && !address.starts_with(&origin))
        .map(|address| format!("{page}: asks another host: {address}"));
    let said = tab.console()?.into_iter();
    let said = said.map(|line| format!("{page}: the console says {line}"));
    let mut findings: Vec<String> = said.chain(asked).collect();
    if findings.len() > 5 {
        let more = findings.split_off(5).len();
        findings.push(format!("{page}: and {more} more"));
    }
    found.insert(Part::Quiet, findings);
    Ok(Visit(found))
}

/// What axe finds on the open page, in both themes.
///
/// # Errors
/// If the browser fails.
pub fn axe(tab: &Tab, page: &str) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    tab.run(AXE)?;
    for theme in THEMES {
        tab.set_media("screen", theme)?;
        let violations = tab.run(RUN_AXE)?;
        findings.extend(
            texts(&violations)
                .into_iter()
                .map(|line| format!("{page}, {theme}: {line}")),
        );
    }
    if !findings.is_empty() {
        findings.push(look(page));
    }
    Ok(findings)
}

fn print(tab: &Tab, page: &str) -> Result<Vec<String>> {
    tab.set_width(SHEET)?;
    tab.set_media("print", "light")?;
    let seen = tab.run(PAPER)?;
    let mut findings: Vec<String> = texts(&seen)
        .into_iter()
        .map(|line| format!("{page}, printed: {line}"))
        .collect();
    if page != PRINT {
        let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true });
        let made = tab.devtools("Page.printToPDF", paper)?;
        // The beginning of `%PDF-` in base 64.
        if !made["data"]
            .as_str()
            .is_some_and(|pdf| pdf.starts_with("JVBERi"))
        {
            findings.push(format!("{page}, printed: no PDF is made"));
        }
    }
    if !findings.is_empty() {
        findings.push(format!("{}, and print it", look(page)));
    }
    Ok(findings)
}

/// Whether it needs a network.
fn is_remote(address: &str) -> bool {
    ["http:", "https:", "ws:", "wss:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

fn look(page: &str) -> String {
    format!("to see it: cargo run, and open http://127.0.0.1:3000/{page}")
}
