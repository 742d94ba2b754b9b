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
            Some((_, "css" | "js" | "png" | "svg" | "woff2"))
                if name != FILE && text.contains(name) =>
            {
                &mut loaded
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;
    use tempfile::TempDir;

    /// A folder with pages and files, and its worker.
    fn worker(files: &[(&str, &str)]) -> String {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let mut pages = Vec::new();
        for (file, text) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("it can be");
            fs::write(path, text).expect("it can be written");
            if file.ends_with(".html") {
                pages.push(Page {
                    file: (*file).to_owned(),
                    document: Document::from(*text),
                });
            }
        }
        name(&pages);
        write(folder.path(), &pages).expect("it can be written");
        fs::read_to_string(folder.path().join(FILE)).expect("it is there")
    }

    fn constant<'a>(worker: &'a str, name: &str) -> &'a str {
        let (_, rest) = worker
            .split_once(&format!("const {name} = "))
            .expect("the worker has it");
        rest.split_once(';').expect("it ends").0
    }

    const TEA: &str = "<html data-root><script src=\"js/book-1.js\" data-search=\"js/find-2.js\"></script>\
        <link rel=\"stylesheet\" href=\"book-3.css\"><meta content=\"https://tea.example/card-4.png\"><main>Tea</main></html>";

    #[test]
    fn pages_and_what_they_load_are_kept() {
        let worker = worker(&[
            ("tea.html", TEA),
            ("old/tea.html", "moved"),
            ("print.html", TEA),
            ("js/book-1.js", ""),
            ("js/find-2.js", ""),
            ("book-3.css", "url(\"fonts/plain-5.woff2\")"),
            ("card-4.png", ""),
            ("fonts/plain-5.woff2", ""),
            ("fonts/other-6.woff2", ""),
            ("book.pdf", ""),
            ("sw.js", "an old one"),
        ]);
        assert_eq!(
            constant(&worker, "PAGES"),
            "[\"old/tea.html\",\"tea.html\"]"
        );
        assert_eq!(
            constant(&worker, "ASSETS"),
            "[\"book-3.css\",\"fonts/plain-5.woff2\",\"js/book-1.js\",\"js/find-2.js\"]"
        );
        assert!(!worker.contains("{{"));
    }

    #[test]
    fn the_version_is_that_of_the_content() {
        let version = |text: &str| constant(&worker(&[("tea.html", text)]), "VERSION").to_owned();
        assert_eq!(version("green"), version("green"));
        assert_ne!(version("green"), version("black"));
    }
}
