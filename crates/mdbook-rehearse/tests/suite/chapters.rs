//! What is wrong with a book before anything is built.

use crate::fixture::Fixture;

#[test]
fn directives_and_references() {
    Fixture::open("directives").test("").is("test.txt");
}

#[test]
fn blocks_typed_by_hand() {
    Fixture::open("blocks").test("").is("test.txt");
}

#[test]
fn files_of_the_listings_folder() {
    let fixture = Fixture::open("catalog");
    fixture.write("listings/shop/bytes.rs", b"//! A listing.\n\xff\n");
    fixture.write(
        "listings/shop/byte_output.console",
        b"$ cargo run --example byte_output\n\xff\n",
    );
    fixture.test("").is("test.txt");
}

#[test]
fn transcripts_that_mean_nothing() {
    Fixture::open("transcripts").test("").is("test.txt");
}

#[test]
fn links_and_pages_that_nobody_finds() {
    // A filter, because nothing need be built for this.
    Fixture::open("links").test("pots").is("test.txt");
}
