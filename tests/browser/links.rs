//! What the pages name: each other, their styles and scripts, and where they are.

use crate::html::Check;
use crate::site::Site;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

pub fn trials() -> Vec<(&'static str, Check)> {
    vec![
        ("links: all within the site lead somewhere", within),
        ("links: nothing is loaded from another host", hosts),
        ("links: what is loaded has a hash in its name", hashed),
        ("head: address, title, description and card", heads),
        ("sitemap and robots name every page", sitemap),
    ]
}

/// The attributes that name a file or page.
const NAMING: [&str; 5] = ["href", "src", "srcset", "data-search", "data-worker"];

/// What a page, or a style sheet, names.
struct Reference {
    from: String,
    target: String,
    /// Whether it is fetched with the page, not by a click.
    is_loaded: bool,
}

fn references(site: &Site) -> Result<Vec<Reference>> {
    let mut found = Vec::new();
    for page in &site.pages {
        for element in &page.elements {
            let name = element.name.as_str();
            let is_word = matches!(element.get("rel"), Some("canonical" | "alternate"));
            let mut note = |target: &str, is_loaded: bool| {
                found.push(Reference {
                    from: page.name.clone(),
                    target: target.to_owned(),
                    is_loaded,
                });
            };
            for target in NAMING.iter().filter_map(|naming| element.get(naming)) {
                // Where the page itself is.
                if name != "base" {
                    note(target, name != "a" && !is_word);
                }
            }
            let content = element.get("content").unwrap_or_default();
            if element.get("property") == Some("og:image") {
                note(content, false);
            }
            if element.get("http-equiv") == Some("refresh") {
                let address = content.split_once('=');
                let (_, address) = address.context("a refresh without an address")?;
                note(address.trim(), false);
            }
        }
    }
    for file in site.files()? {
        if file.ends_with(".css") {
            let text = fs::read_to_string(site.folder.join(&file))?;
            for part in text.split("url(").skip(1) {
                let target = part.split(')').next().unwrap_or_default();
                found.push(Reference {
                    from: file.clone(),
                    target: target.trim_matches(['"', '\'']).to_owned(),
                    is_loaded: true,
                });
            }
        }
    }
    Ok(found)
}

impl Reference {
    /// The file from the site's root, and the place in it; `None` if it is
    /// elsewhere.
    fn file<'a>(&'a self, site: &Site) -> Option<(String, &'a str)> {
        // Both ways to say it whole.
        let target = self.target.strip_prefix(&site.published);
        let target = target.or_else(|| self.target.strip_prefix(site.under()));
        let from = if target.is_some() { "" } else { &self.from };
        let target = target.unwrap_or(&self.target);
        if is_elsewhere(target) {
            return None;
        }
        let (path, id) = target.split_once('#').unwrap_or((target, ""));
        if path.is_empty() && from == self.from {
            return Some((self.from.clone(), id));
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let file = parts.join("/");
        Some(match path.is_empty() || path.ends_with('/') {
            true => (
                format!("{file}/index.html")
                    .trim_start_matches('/')
                    .to_owned(),
                id,
            ),
            false => (file, id),
        })
    }
}

fn is_elsewhere(target: &str) -> bool {
    ["http:", "https:", "mailto:", "data:", "//"]
        .iter()
        .any(|start| target.starts_with(start))
}

fn within(site: &Site) -> Result<Vec<String>> {
    let files: BTreeSet<String> = site.files()?.into_iter().collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> = site
        .pages
        .iter()
        .map(|page| {
            let ids = page.elements.iter().filter_map(|element| element.get("id"));
            (page.name.as_str(), ids.collect())
        })
        .collect();
    let mut findings = BTreeSet::new();
    for reference in references(site)? {
        let Some((file, id)) = reference.file(site) else {
            continue;
        };
        let (from, target) = (&reference.from, &reference.target);
        // The page for missing pages is shown in any folder.
        if reference.target.starts_with('/') && from != "404.html" {
            findings.insert(format!("{from}: `{target}` leads nowhere on a disk"));
        } else if !files.contains(&file) {
            findings.insert(format!(
                "{from}: `{target}` leads to {file}, which is not there"
            ));
        } else if !id.is_empty() && !ids.get(&*file).is_some_and(|ids| ids.contains(id)) {
            findings.insert(format!("{from}: `{target}`: {file} has no such place"));
        }
    }
    Ok(findings.into_iter().collect())
}

fn hosts(site: &Site) -> Result<Vec<String>> {
    let findings: BTreeSet<String> = references(site)?
        .iter()
        .filter(|reference| reference.is_loaded)
        .filter(|reference| {
            is_elsewhere(&reference.target) && !reference.target.starts_with("data:")
        })
        .map(|reference| format!("{} loads {}", reference.from, reference.target))
        .collect();
    Ok(findings.into_iter().collect())
}

/// So that browsers may keep it for ever. The worker has one address, at which
/// they look for a newer one.
fn hashed(site: &Site) -> Result<Vec<String>> {
    let mut findings = BTreeSet::new();
    for reference in references(site)?
        .iter()
        .filter(|reference| reference.is_loaded)
    {
        let Some((file, _)) = reference.file(site) else {
            continue;
        };
        let stem = file.rsplit('/').next().unwrap_or_default();
        let stem = stem.split('.').next().unwrap_or_default();
        let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
        let is_hashed = hash.len() == 8 && hash.chars().all(|digit| digit.is_ascii_hexdigit());
        if !is_hashed && file != "sw.js" {
            findings.insert(format!(
                "{}: `{}` may be kept too long",
                reference.from, file
            ));
        }
    }
    Ok(findings.into_iter().collect())
}

fn heads(site: &Site) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for page in site.for_readers() {
        let get = |name: &str, attribute: &str, value: &str, wanted: &str| {
            let element = page.find(name, attribute, value);
            let found = element.and_then(|element| element.get(wanted));
            found.unwrap_or_default().to_owned()
        };
        let meta = |property: &str| get("meta", "property", property, "content");
        let title = page.title().to_owned();
        let description = get("meta", "name", "description", "content");
        let page = page.name.as_str();
        let address = site.published_at(page);
        let wanted = [
            (
                "the canonical address",
                get("link", "rel", "canonical", "href"),
                &address,
            ),
            ("og:url", meta("og:url"), &address),
            ("og:title", meta("og:title"), &title),
            ("og:description", meta("og:description"), &description),
        ];
        for (what, is, wanted) in wanted {
            if is != *wanted {
                findings.push(format!("{page}: {what} is `{is}`, not `{wanted}`"));
            }
        }
        let card = meta("og:image");
        if !card.starts_with(&site.published) {
            findings.push(format!("{page}: its card is `{card}`, not a whole address"));
        }
        let length = description.chars().count();
        if !(50..=160).contains(&length) {
            findings.push(format!(
                "{page}: its description has {length} characters, not 50 to 160: {description}"
            ));
        }
        for text in [title, description] {
            if let Some(other) = seen.insert(text.clone(), page) {
                findings.push(format!("{page} and {other} both say of themselves: {text}"));
            }
        }
        if get("meta", "name", "robots", "content").contains("noindex") {
            findings.push(format!("{page}: hides from search engines"));
        }
    }
    Ok(findings)
}

fn sitemap(site: &Site) -> Result<Vec<String>> {
    let read = |file: &str| {
        fs::read_to_string(site.folder.join(file)).with_context(|| format!("there is no {file}"))
    };
    let mut findings = Vec::new();
    let robots = read("robots.txt")?;
    let line = format!("Sitemap: {}sitemap.xml", site.published);
    if !robots.lines().any(|said| said == line) {
        findings.push(format!("robots.txt: there is no line `{line}`"));
    }
    let text = read("sitemap.xml")?;
    let named: BTreeSet<&str> = text
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .collect();
    let pages: BTreeSet<String> = site
        .for_readers()
        .map(|page| site.published_at(&page.name))
        .collect();
    for page in &pages {
        if !named.contains(page.as_str()) {
            findings.push(format!("sitemap.xml: {page} is not named"));
        }
    }
    for name in named {
        if !pages.contains(name) {
            findings.push(format!("sitemap.xml: {name} is no page for readers"));
        }
    }
    Ok(findings)
}
