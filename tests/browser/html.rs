//! Each page by itself, read as a tree: it is HTML, and in order.

use crate::page::Page;
use crate::site::{PRINT, Site};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// What a check of the whole site finds; nothing, if all is well.
pub type Check = fn(&Site) -> Result<Vec<String>>;

pub fn trials() -> Vec<(&'static str, Check)> {
    vec![
        ("html: every page is read without an error", |site| {
            Ok(each(site, errors))
        }),
        (
            "html: ids are unique, and those referred to exist",
            |site| Ok(each(site, ids)),
        ),
        ("html: one h1, and headings in order", |site| {
            Ok(each(site, headings))
        }),
        ("html: nothing that the security policy forbids", |site| {
            Ok(each(site, policy))
        }),
    ]
}

fn each(site: &Site, check: fn(&Page) -> Vec<String>) -> Vec<String> {
    let findings = site.pages.iter().flat_map(|page| {
        let found = check(page).into_iter();
        found.map(|finding| format!("{}: {finding}", page.name))
    });
    findings.collect()
}

fn errors(page: &Page) -> Vec<String> {
    let errors = page.errors.iter();
    errors
        .map(|error| format!("html5ever says: {error}; benches/page.sh says where"))
        .collect()
}

const REFERENCES: [&str; 5] = [
    "aria-controls",
    "aria-describedby",
    "aria-labelledby",
    "for",
    "popovertarget",
];

fn ids(page: &Page) -> Vec<String> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for id in page.elements.iter().filter_map(|element| element.get("id")) {
        if !seen.insert(id) {
            findings.push(format!("the id `{id}` is there twice"));
        }
    }
    for element in &page.elements {
        for name in REFERENCES {
            let named = element.get(name).unwrap_or_default().split_whitespace();
            for id in named.filter(|id| !seen.contains(id)) {
                findings.push(format!("{name}=\"{id}\" names nothing on the page"));
            }
        }
    }
    findings
}

fn headings(page: &Page) -> Vec<String> {
    let mut findings = Vec::new();
    let titles = page.elements.iter().filter(|element| element.name == "h1");
    let titles = titles.count();
    // All chapters have their titles where they are printed at once.
    if page.name != PRINT && titles != 1 {
        findings.push(format!("has {titles} h1, not one"));
    }
    let mut above = 0;
    for heading in page.elements.iter().filter(|element| element.is_in_main) {
        let Some(level) = heading.level() else {
            continue;
        };
        if level > above + 1 {
            findings.push(format!("h{level} “{}” follows h{above}", heading.text));
        }
        above = level;
        if heading.text.is_empty() {
            findings.push(format!("an h{level} is empty"));
        }
    }
    findings
}

/// Under the policy nothing inline works, and it counts for what follows it.
fn policy(page: &Page) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut note = |what: String| *counts.entry(what).or_default() += 1;
    for element in &page.elements {
        let name = &element.name;
        for (key, value) in element.attributes() {
            if key == "style" {
                note(format!("<{name} style=\"{value}\">"));
            } else if key.starts_with("on") {
                note(format!("a handler, {key}, of <{name}>"));
            } else if value.trim_start().starts_with("javascript:") {
                note(format!("a script in the {key} of <{name}>"));
            }
        }
        if name == "style" || (name == "script" && element.get("src").is_none()) {
            note(format!("an inline <{name}>"));
        }
    }
    let loads = ["script", "link", "style"];
    let before = page
        .elements
        .iter()
        .take_while(|element| !loads.contains(&&*element.name))
        .any(|element| element.get("http-equiv") == Some("Content-Security-Policy"));
    if !before {
        note("no policy stands before what it is for".to_owned());
    }
    let counts = counts.into_iter();
    counts
        .map(|(what, count)| format!("{what}, {count} times"))
        .collect()
}
