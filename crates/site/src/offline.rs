//! The service worker, by which a browser keeps the book for when there is no
//! network: the file `sw.js`.

use crate::asset;
use crate::page::Page;
use crate::sweep;
use anyhow::Result;
use mdbook_renderer::config::Config;
use std::fs;
use std::path::Path;

/// The worker's name has no hash: a browser asks for it again and again, to see
/// whether the book has changed.
const FILE: &str = "sw.js";

const TEMPLATE: &str = include_str!("worker.js");

/// Whether mdBook builds for a preview, whose pages change all the time and
/// must not be kept.
///
/// # Errors
/// If the setting by which mdBook says so is no text.
pub fn is_preview(config: &Config) -> Result<bool> {
    Ok(config
        .get::<String>("output.html.live-reload-endpoint")?
        .is_some())
}

/// Names the worker to the script of the pages, as `data-worker`.
pub fn name(pages: &[Page]) {
    for page in pages {
        let script = page.document.select("script[data-search]");
        let root = page.document.select("html").attr_or("data-root", "");
        script.set_attr("data-worker", &format!("{root}{FILE}"));
    }
}

/// Writes the worker for the pages and what they load, when all of that is
/// written. Not kept are the downloads and the book in one page.
///
/// # Errors
/// If a file cannot be read or written.
pub fn write(folder: &Path, pages: &[Page]) -> Result<()> {
    let (mut html, mut loaded, mut digests) = (Vec::new(), Vec::new(), String::new());
    let mut files = Vec::new();
    for path in sweep::files(folder)? {
        let relative = path.strip_prefix(folder).unwrap_or(&path);
        files.push(relative.to_string_lossy().replace('\\', "/"));
    }
    let mut text = named(pages);
    for file in files.iter().filter(|file| file.ends_with(".css")) {
        text += &fs::read_to_string(folder.join(file))?;
    }
    for file in files {
        let name = file.rsplit_once('/').map_or(&*file, |(_, name)| name);
        let kind = match name.rsplit_once('.') {
            Some((_, "html")) if name != "print.html" => &mut html,
            Some((_, "css" | "js" | "png" | "svg" | "woff2")) if text.contains(name) => &mut loaded,
            _ => continue,
        };
        digests += &asset::hash(&fs::read(folder.join(&file))?);
        kind.push(file);
    }
    let lists = [
        serde_json::to_string(&html)?,
        serde_json::to_string(&loaded)?,
    ];
    let version = asset::hash((lists.concat() + &digests).as_bytes());
    let worker = TEMPLATE
        .replace("{{version}}", &version)
        .replace("{{pages}}", &lists[0])
        .replace("{{assets}}", &lists[1]);
    Ok(fs::write(folder.join(FILE), worker)?)
}

/// All that elements of the pages name as what they load.
fn named(pages: &[Page]) -> String {
    let mut text = String::new();
    for page in pages.iter().filter(|page| page.file != "print.html") {
        for element in page
            .document
            .select("script, link[rel], img, source")
            .iter()
        {
            for attribute in element.attrs() {
                text += &attribute.value;
                text += "\n";
            }
        }
    }
    text
}
