//! A small book, built by mdBook and completed.

use dom_query::Document;
use mdbook_driver::MDBook;
use site::Site;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// The built book, and the folder of its pages.
static BUILT: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book");
    let mut book = MDBook::load(root).expect("the book can be loaded");
    book.config.build.build_dir = folder.path().to_path_buf();
    book.with_renderer(Site { downloads: false });
    book.build().expect("the book can be built");
    let pages = book.build_dir_for("html");
    (folder, pages)
});

fn read(file: &str) -> String {
    fs::read_to_string(BUILT.1.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn page(file: &str) -> Document {
    Document::from(read(file))
}

fn texts(page: &Document, selector: &str) -> Vec<String> {
    let found = page.select(selector);
    let texts = found.iter().map(|element| element.text().trim().to_owned());
    texts.collect()
}

#[test]
fn the_contents_show_where_the_reader_is() {
    let black = page("black.html");
    assert_eq!(texts(&black, "nav .part"), ["Leaves & water"]);
    assert_eq!(
        texts(&black, "nav .chapters > li > a"),
        ["Tea", "1 Black tea", "2 Green tea", "Glossary"]
    );
    assert_eq!(texts(&black, "nav [aria-current=page]"), ["1 Black tea"]);
    assert_eq!(
        texts(&black, "nav .sections a"),
        ["In a cup", "With milk & sugar"]
    );
    assert!(black.select("nav a[href='#in-a-cup']").exists());
    assert_eq!(texts(&black, "main > p.chapter-number + h1"), ["Black tea"]);
    assert!(!page("glossary.html").select(".chapter-number").exists());
}

#[test]
fn the_title_page_shows_all_sections() {
    let index = page("index.html");
    let whole = "#whole-contents";
    assert_eq!(texts(&index, &format!("{whole} h2")), ["Leaves & water"]);
    assert!(
        index
            .select(&format!("{whole} a[href='green.html#the-water']"))
            .exists()
    );
    assert!(
        !index
            .select(&format!("{whole} a[href='glossary.html#pot']"))
            .exists()
    );
}

#[test]
fn footnotes_stand_behind_what_refers_to_them() {
    let black = page("black.html");
    assert_eq!(
        texts(&black, "p + .sidenote#footnote-long"),
        ["1 Not for too long."]
    );
    assert_eq!(
        texts(&black, "blockquote + .sidenote#footnote-glass"),
        ["2 Of thick glass."]
    );
    assert!(black.select("sup a[href='#footnote-long']").exists());
    assert!(!black.select(".footnote-definition, hr").exists());
}

#[test]
fn words_of_the_glossary_carry_their_definition() {
    let black = page("black.html");
    assert_eq!(
        texts(&black, ".definition"),
        [
            "pot What tea is made in.",
            "steep To lie in hot water, in a pot."
        ]
    );
    assert!(!black.select(".definition a").exists());
    let described = black.select("a.term[aria-describedby='definition-steep']");
    assert_eq!(described.length(), 2);
    assert!(!page("green.html").select(".definition").exists());
    assert!(!page("glossary.html").select(".definition").exists());
}

#[test]
fn machines_are_told_of_each_page() {
    let attribute = |file: &str, selector: &str, name: &str| {
        let page = page(file);
        page.select_single(selector).attr_or(name, "").to_string()
    };
    let canonical = |file: &str| attribute(file, "link[rel=canonical]", "href");
    assert_eq!(canonical("index.html"), "https://tea.example/book/");
    assert_eq!(
        canonical("green.html"),
        "https://tea.example/book/green.html"
    );
    assert_eq!(canonical("404.html"), "");
    let description = |file: &str| attribute(file, "meta[name=description]", "content");
    assert_eq!(description("index.html"), "All about tea.");
    assert_eq!(
        description("green.html"),
        "A paragraph that is long enough to be cut where a sentence ends."
    );
    assert!(read("robots.txt").contains("Sitemap: https://tea.example/book/sitemap.xml"));
    let sitemap = read("sitemap.xml");
    assert_eq!(sitemap.matches("<loc>").count(), 4);
    assert!(!sitemap.contains("404") && !sitemap.contains("print"));
}

#[test]
fn the_page_for_what_is_not_found_works_in_any_folder() {
    let page = page("404.html");
    assert!(!page.select("base").exists());
    let attribute = |selector: &str, name: &str| page.select_single(selector).attr_or(name, "");
    assert_eq!(&*attribute("html", "data-root"), "/book/");
    assert_eq!(
        &*attribute("nav a[href$='green.html']", "href"),
        "/book/green.html"
    );
    let style = attribute("link[rel=stylesheet]", "href");
    assert!(style.starts_with("/book/css/variables-"), "{style}");
    let heading = attribute("main a.header", "href");
    assert!(heading.starts_with('#'), "{heading}");
}

#[test]
fn the_scripts_are_told_of_the_search_and_of_the_worker() {
    let script = |file: &str, name: &str| {
        let page = page(file);
        page.select_single("script").attr_or(name, "").to_string()
    };
    let index = script("green.html", "data-search-index");
    assert_eq!(
        script("404.html", "data-search-index"),
        format!("/book/{index}")
    );
    assert!(read(&index).contains("Not too hot."));
    assert_eq!(script("green.html", "data-worker"), "sw.js");
    let worker = read("sw.js");
    assert!(worker.contains(&index) && worker.contains("\"green.html\""));
}

#[test]
fn files_that_no_page_loads_are_gone() {
    let names: Vec<String> = fs::read_dir(BUILT.1.join("css"))
        .expect("one style sheet is loaded")
        .map(|entry| entry.expect("it can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert!(
        matches!(&names[..], [name] if name.starts_with("variables-")),
        "{names:?}"
    );
    for gone in ["toc.html", "fonts", "../site"] {
        assert!(!BUILT.1.join(gone).exists(), "{gone} is still there");
    }
}
