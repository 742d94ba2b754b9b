//! The site, built for these tests and served as a static host would.

use crate::page::Page;
use anyhow::{Context, Result};
use preview::Host;
use site::Site as Renderer;
use std::path::{Path, PathBuf};
use std::{env, fs, thread};
use tempfile::TempDir;

/// Where the site is said to be, so that it can tell search engines.
const ADDRESS: &str = "https://example.org/async/";

/// Names a built site, which is tested instead of a new one.
const BUILT: &str = "BOOK_SITE";

/// What is not a page to be read: all chapters at once, for the printer.
pub const PRINT: &str = "print.html";

pub struct Site {
    /// In the order of their names.
    pub pages: Vec<Page>,
    /// Where the site is said to be; ends in a slash.
    pub published: String,
    pub folder: PathBuf,
    host: Host,
    _all: Option<TempDir>,
}

impl Site {
    /// Builds the book under `root`.
    ///
    /// # Errors
    /// If it cannot be built, or there is no port.
    pub fn of(root: &Path) -> Result<Site> {
        match env::var_os(BUILT) {
            Some(folder) => {
                let folder = root.join(folder);
                let index = fs::read_to_string(folder.join("index.html"))
                    .with_context(|| format!("{BUILT}: no site in {}", folder.display()))?;
                let index = Page::read("index.html", &index);
                let address = index
                    .find("link", "rel", "canonical")
                    .and_then(|canonical| canonical.get("href"))
                    .with_context(|| format!("{BUILT}: the site has no address"))?;
                Site::serve(folder, address, None)
            }
            None => {
                let all = tempfile::tempdir()?;
                let mut book = mdbook_rehearse::load_book(root)?;
                book.with_renderer(Renderer { downloads: false });
                book.config.build.build_dir = all.path().to_path_buf();
                book.config.set("output.site.address", ADDRESS)?;
                book.build()?;
                Site::serve(book.build_dir_for("html"), ADDRESS, Some(all))
            }
        }
    }

    fn serve(folder: PathBuf, address: &str, all: Option<TempDir>) -> Result<Site> {
        let pages = read(&folder)?;
        let host = Host::start(&folder, under(address), 0)?;
        Ok(Site {
            pages,
            published: address.to_owned(),
            folder,
            host,
            _all: all,
        })
    }

    /// Another server of it, which a test may stop.
    ///
    /// # Errors
    /// If there is no port.
    pub fn serve_again(&self) -> Result<Host> {
        Host::start(&self.folder, self.under(), 0)
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.host.address())
    }

    /// Where a page is served.
    pub fn at(&self, page: &str) -> String {
        self.at_host(&self.host, page)
    }

    /// Where a page is served by another server.
    pub fn at_host(&self, host: &Host, page: &str) -> String {
        format!("http://{}{}{page}", host.address(), self.under())
    }

    /// Where a page will be.
    pub fn published_at(&self, page: &str) -> String {
        let page = page.strip_suffix("index.html").unwrap_or(page);
        format!("{}{page}", self.published)
    }

    /// The path of the site's root where it is said to be.
    pub fn under(&self) -> &str {
        under(&self.published)
    }

    /// The pages that readers and search engines are led to.
    pub fn for_readers(&self) -> impl Iterator<Item = &Page> {
        let pages = self.pages.iter();
        pages.filter(|page| page.name != PRINT && page.name != "404.html")
    }

    /// The first page that has an element of this class.
    ///
    /// # Errors
    /// If none has.
    pub fn page_with(&self, class: &str) -> Result<&str> {
        let mut pages = self.for_readers();
        let page = pages.find(|page| page.has_class(class));
        page.map(|page| page.name.as_str())
            .with_context(|| format!("no page has a `.{class}`, so it cannot be tested"))
    }

    /// The site's files, from its root.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn files(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let file = path.strip_prefix(&self.folder)?;
                    found.push(file.to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Reads the pages, side by side: it is most of the work of their checks.
fn read(folder: &Path) -> Result<Vec<Page>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            let name = file.file_name().unwrap_or_default();
            texts.push((
                name.to_string_lossy().into_owned(),
                fs::read_to_string(&file)?,
            ));
        }
    }
    // The longest takes as long as all the others.
    texts.sort_by_key(|(_, text)| text.len());
    let (longest, others) = texts.split_last().context("there are no pages")?;
    let parse = |(name, text): &(String, String)| Page::read(name, text);
    let mut pages = thread::scope(|scope| {
        let longest = scope.spawn(|| parse(longest));
        let mut pages: Vec<Page> = others.iter().map(parse).collect();
        pages.extend(longest.join());
        pages
    });
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pages)
}

/// The path of an address: the site has to work there, so it is served there.
fn under(address: &str) -> &str {
    let host = address.split_once("://").map_or(address, |(_, host)| host);
    host.find('/').map_or("/", |slash| &host[slash..])
}
