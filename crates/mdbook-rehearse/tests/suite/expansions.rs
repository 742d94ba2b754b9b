//! What renderers get to see of a book.

use crate::fixture::{Fixture, text};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_preprocessor::PreprocessorContext;
use mdbook_rehearse::load_book;
use std::fs;
use std::process::Output;

/// Runs the command as mdBook runs a preprocessor.
fn preprocess(fixture: &Fixture, renderer: &str) -> Output {
    let book = MDBook::load(fixture.root()).expect("mdBook can load the book");
    let context = PreprocessorContext::new(
        fixture.root().to_path_buf(),
        book.config,
        renderer.to_owned(),
    );
    let input = serde_json::to_string(&(context, book.book)).expect("a book is JSON");
    fixture.run(&[], &input)
}

/// The text of all chapters, one after another.
fn chapters(book: &Book) -> String {
    let mut text = String::new();
    for item in book.iter() {
        if let BookItem::Chapter(chapter) = item
            && let Some(path) = &chapter.path
        {
            text += &format!("=== {}\n{}\n", path.display(), chapter.content);
        }
    }
    text
}

/// The text of all chapters, as the command prints it.
pub fn expanded(fixture: &Fixture, renderer: &str) -> String {
    let output = preprocess(fixture, renderer);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let book: Book = serde_json::from_slice(&output.stdout).expect("a book is printed");
    chapters(&book)
}

fn expands_for(renderer: &str) {
    let fixture = Fixture::open("good");
    fixture
        .said(&expanded(&fixture, renderer))
        .is(&format!("{renderer}.md"));
}

#[test]
fn figures_for_a_browser() {
    expands_for("html");
}

#[test]
fn no_link_leads_to_a_playground_that_lacks_a_crate() {
    let fixture = Fixture::open("good");
    let links = |playground: &str| {
        fixture.replace("book.toml", "playground = [\"gauge\"]", playground);
        let text = expanded(&fixture, "html");
        fixture.replace("book.toml", playground, "playground = [\"gauge\"]");
        let figures = text.split("<figure ").skip(1);
        let linked = figures.filter(|figure| figure.contains("https://play.rust-lang.org/"));
        let path = |figure: &str| {
            let (_, path) = figure.split_once("listings/").expect("the path is shown");
            path.split('<').next().unwrap_or_default().to_owned()
        };
        linked.map(path).collect::<Vec<_>>()
    };
    let std_only = [
        "tea/sugar.rs",
        "cups/missing.rs",
        "cups/newest.rs",
        "cups/quotes.rs",
        "serving/closed.rs",
    ];
    assert_eq!(links("playground = []"), std_only);
    assert_eq!(links("# none"), [""; 0]);
}

#[test]
fn blocks_for_rustdoc() {
    expands_for("test");
}

#[test]
fn blocks_for_skeptic() {
    expands_for("skeptic");
}

#[test]
fn plain_markdown_for_others() {
    expands_for("markdown");
}

#[test]
fn references_lead_to_figures() {
    let fixture = Fixture::open("good");
    let site = tempfile::tempdir().expect("a folder can be made");
    let mut book = load_book(fixture.root()).expect("the book can be loaded");
    book.config.build.build_dir = site.path().to_path_buf();
    book.build().expect("the book can be rendered");
    let page = |name: &str| fs::read_to_string(site.path().join(name)).expect("it is rendered");
    for (from, link, to) in [
        ("before.html", "tea.html#listing-tea-kettle", "tea.html"),
        (
            "before.html",
            "serving.html#listing-serving-shop",
            "serving.html",
        ),
        (
            "tea.html",
            "cups/index.html#listing-cups-order",
            "cups/index.html",
        ),
        (
            "cups/index.html",
            "../tea.html#listing-tea-kettle",
            "tea.html",
        ),
        (
            "cups/index.html",
            "#listing-cups-missing",
            "cups/index.html",
        ),
        ("serving.html", "tea.html#listing-tea-kettle", "tea.html"),
    ] {
        let (_, id) = link.split_once('#').expect("the link has an id");
        assert!(
            page(from).contains(&format!("<a href=\"{link}\">")),
            "{from} has no link {link}"
        );
        let figure = format!(" id=\"{id}\"");
        assert_eq!(page(to).matches(&figure).count(), 1, "{to}, {id}");
    }
}

#[test]
fn every_renderer_is_supported() {
    let output = Fixture::open("bare").run(&["supports", "anything"], "");
    assert!(output.status.success());
}

#[test]
fn the_good_book_passes() {
    Fixture::open("good").test("").is("test.txt");
}

#[test]
fn a_filter_leaves_out_what_it_does_not_name() {
    Fixture::open("good").test("cups/order").is("filtered.txt");
}

#[test]
fn a_broken_book_is_not_rendered() {
    for renderer in ["html", "test"] {
        let fixture = Fixture::open("directives");
        let output = preprocess(&fixture, renderer);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stdout), "");
        fixture.said(&text(&output.stderr)).is("preprocessed.txt");
    }
}

#[test]
fn mdbook_fails_with_the_command() {
    let fixture = Fixture::open("directives");
    // What it says is not the point here, and would be read as a failure.
    let program = env!("CARGO_BIN_EXE_mdbook-rehearse");
    let quiet = format!("sh -c '\"{program}\" \"$@\" 2>/dev/null' sh");
    let command = format!("command = {quiet:?}\n");
    let settings = fixture.read("book.toml") + &command;
    fixture.write("book.toml", settings);
    let book = MDBook::load(fixture.root()).expect("mdBook can load the book");
    let error = book.build().expect_err("the book is broken");
    assert_eq!(
        error.to_string(),
        "The \"rehearse\" preprocessor exited unsuccessfully with exit status: 1 status"
    );
}

#[test]
fn input_that_is_no_book() {
    let output = Fixture::open("bare").run(&[], "no book");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "Unable to parse the input: expected ident at line 1 column 2\n"
    );
}
