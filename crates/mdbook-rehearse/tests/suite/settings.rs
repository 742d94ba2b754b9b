//! Malformed settings, and what else keeps a book from being read at all.

use crate::fixture::Fixture;

/// A book whose table of settings holds one more line.
fn with_setting(line: &str) -> Fixture {
    let fixture = Fixture::open("bare");
    let book = fixture.read("book.toml");
    fixture.write("book.toml", format!("{book}{line}\n"));
    fixture
}

#[test]
fn an_unknown_setting() {
    with_setting("time-limits = 3")
        .test("")
        .is("unknown_setting.txt");
}

#[test]
fn a_setting_of_the_wrong_type() {
    with_setting("time-limit = \"3 s\"")
        .test("")
        .is("wrong_type.txt");
}

#[test]
fn a_playground_with_a_crate_that_no_listing_can_use() {
    let fixture = with_setting("playground = [\"tokoi\"]");
    fixture.replace(
        "listings/Cargo.toml",
        "[[example]]",
        "[dependencies]\ntokio = \"1\"\n\n[[example]]",
    );
    fixture.test("").is("playground.txt");
}

#[test]
fn a_time_limit_of_nothing() {
    with_setting("time-limit = 0").test("").is("no_time.txt");
}

#[test]
fn a_folder_of_listings_that_is_not_there() {
    with_setting("listings = \"programs\"")
        .test("")
        .is("no_listings.txt");
}

#[test]
fn a_book_toml_that_is_not_toml() {
    let fixture = Fixture::open("bare");
    fixture.write("book.toml", "[book\n");
    fixture.test("").is("no_toml.txt");
}

#[test]
fn a_manifest_that_is_malformed() {
    let fixture = Fixture::open("bare");
    fixture.replace(
        "listings/Cargo.toml",
        "name = \"kettle\"",
        "nam = \"kettle\"",
    );
    fixture.test("").is("malformed_manifest.txt");
}

#[test]
fn a_chapter_that_summary_names_and_that_does_not_exist() {
    let fixture = Fixture::open("bare");
    fixture.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [Tea](tea.md)\n  - [Cups](cups.md)\n",
    );
    fixture.test("").is("missing_chapter.txt");
}

#[test]
fn a_filter_that_names_nothing() {
    let fixture = Fixture::open("bare");
    let output = fixture.run(&["test", "coffee"], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        crate::fixture::text(&output.stderr),
        "nothing is named `coffee`; give a part of `chapter/listing`\n"
    );
    fixture.bless("coffee").is("bless_nothing.txt");
}
