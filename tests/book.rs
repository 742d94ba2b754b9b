//! The book as a whole: directives, blocks, references, links, SUMMARY.md.

use mdbook_rehearse::harness::{Arguments, begin, book};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    begin(&[]);
    book(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &Arguments::from_args(),
    )
}
