//! The book as a whole: links, anchors, and chapters that nobody reaches.

use crate::finding::{Finding, Findings, nearest};
use crate::markdown;
use crate::preprocessor::load_book;
use crate::script::{Script, chapters, published};
use crate::settings::Settings;
use anyhow::Result;
use mdbook_driver::MDBook;
use mdbook_html::HtmlHandlebars;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Renders the book and follows every link of every chapter, and of the page
/// for missing pages, in what came of it, since only mdBook knows which ids it
/// gives to headings.
///
/// # Errors
/// If mdBook cannot render the book.
pub fn links(root: &Path, script: &Script) -> Result<Vec<Finding>> {
    let site = tempfile::tempdir()?;
    let mut book = load_book(root)?;
    book.config.build.build_dir = site.path().to_path_buf();
    // No link leads to what these make, and the index takes longest of all.
    book.config.set("output.html.search.enable", false)?;
    book.config.set("output.html.print.enable", false)?;
    book.execute_build_process(&HtmlHandlebars::new())?;
    let folder = book.build_dir_for("html");
    let mut pages = Pages {
        folder,
        ids: BTreeMap::new(),
    };
    let mut findings = Vec::new();
    let (not_found, text) = not_found(root, script, &book);
    let not_found_chapter = markdown::read(
        &text.unwrap_or_default(),
        &script.src().join(&not_found),
        script.settings(),
    );
    findings.extend(not_found_chapter.findings.iter().cloned());
    let chapters = script.chapters().iter();
    for (page, chapter) in chapters.chain([(&not_found, &not_found_chapter)]) {
        for link in &chapter.links {
            if let Err((what, mend)) = pages.follow(page, &link.target) {
                let finding = Finding::new(script.src().join(page), link.line, what, mend);
                findings.push(finding.check(page.with_extension("").display()));
            }
        }
    }
    Ok(findings)
}

/// The file that mdBook makes the page for missing pages of, from the
/// chapters' folder, and its text if there is one. It is no chapter.
fn not_found(root: &Path, script: &Script, book: &MDBook) -> (PathBuf, Option<String>) {
    let html = book.config.html_config().unwrap_or_default();
    let page = PathBuf::from(html.input_404.unwrap_or_else(|| "404.md".to_owned()));
    let text = std::fs::read_to_string(root.join(script.src()).join(&page));
    (page, text.ok())
}

/// The rendered site.
struct Pages {
    folder: PathBuf,
    /// The ids of the pages that were asked for.
    ids: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl Pages {
    /// Follows a link from a page. Links to other sites are not followed.
    fn follow(&mut self, from: &Path, target: &str) -> Result<(), (String, String)> {
        if target.contains("://") || target.starts_with("mailto:") {
            return Ok(());
        }
        let (path, id) = target.split_once('#').unwrap_or((target, ""));
        let target_page = if path.is_empty() {
            published(from)
        } else {
            normal(&from.parent().unwrap_or(Path::new("")).join(path))
        };
        let rendered = self.folder.join(rendered(&target_page));
        if !rendered.is_file() {
            let is_published_otherwise = published(&target_page) != target_page;
            return Err((
                format!("the link `{target}` leads to no page or file of the book"),
                if is_published_otherwise {
                    "link to index.md: mdBook gives this name to the page of a README.md"
                } else {
                    "correct the path; it is relative to this chapter's file"
                }
                .to_owned(),
            ));
        }
        if id.is_empty() {
            return Ok(());
        }
        let ids = self
            .ids
            .entry(rendered.clone())
            .or_insert_with(|| ids_of(&rendered));
        if ids.contains(id) {
            return Ok(());
        }
        let meant = nearest(id, ids.iter().map(String::as_str));
        Err((
            format!("the link `{target}` leads to no place of that page"),
            match meant {
                Some(meant) => format!("did you mean `#{meant}`?"),
                None => {
                    "name the id of a heading; mdBook makes it of the heading's words".to_owned()
                }
            },
        ))
    }
}

/// The file of the site to which mdBook lets a link lead.
fn rendered(page: &Path) -> PathBuf {
    if page.extension().is_some_and(|extension| extension == "md") {
        page.with_extension("html")
    } else {
        page.to_path_buf()
    }
}

/// Takes `.` and `..` out of a path.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            component => normal.push(component),
        }
    }
    normal
}

fn ids_of(file: &Path) -> BTreeSet<String> {
    let html = std::fs::read_to_string(file).unwrap_or_default();
    let any_id = Selector::parse("[id]").expect("the selector is well formed");
    Html::parse_document(&html)
        .select(&any_id)
        .filter_map(|element| element.attr("id").map(str::to_owned))
        .collect()
}

/// Every chapter that SUMMARY.md names is a file. mdBook says so, too, but not
/// where, and it may make the file instead.
///
/// # Errors
/// The findings; and what is wrong with the settings.
pub fn chapters_exist(root: &Path) -> Result<(), Findings> {
    let run = Settings::default().run;
    let (settings, src) =
        Settings::read(root).map_err(|finding| Findings::new(vec![finding], &run))?;
    let file = src.join("SUMMARY.md");
    let Ok(text) = std::fs::read_to_string(root.join(&file)) else {
        let finding = Finding::new(&file, 1, "cannot be read", "write the list of chapters");
        return Err(Findings::new(vec![finding], &settings.run));
    };
    let links = markdown::read(&text, &file, &settings).links;
    let missing = links
        .iter()
        .filter(|link| !link.target.is_empty() && !root.join(&src).join(&link.target).is_file())
        .map(|link| {
            let what = format!("there is no chapter {}", src.join(&link.target).display());
            Finding::new(
                &file,
                link.line,
                what,
                "write the chapter, or correct the path",
            )
        });
    Findings::new(missing.collect(), &settings.run).into_result()
}

/// Every Markdown file of the chapters' folder is a chapter, or the page for
/// missing pages.
///
/// # Errors
/// If mdBook cannot load the book.
pub fn summary(root: &Path, script: &Script) -> Result<Vec<Finding>> {
    let book = load_book(root)?;
    let known: BTreeSet<PathBuf> = chapters(&book.book)
        .filter_map(|chapter| chapter.source_path.clone())
        .chain([not_found(root, script, &book).0])
        .collect();
    let mut findings = Vec::new();
    let mut folders = vec![root.join(script.src())];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let page = path.strip_prefix(root.join(script.src())).unwrap_or(&path);
            let is_page = page.extension().is_some_and(|extension| extension == "md")
                && page != Path::new("SUMMARY.md");
            if is_page && !known.contains(page) {
                findings.push(Finding::new(
                    script.src().join(page),
                    1,
                    "SUMMARY.md does not name this chapter, so no reader finds it",
                    format!(
                        "add `- [Title]({})` to SUMMARY.md, or delete the file",
                        page.display()
                    ),
                ));
            }
        }
    }
    Ok(findings)
}
