//! Every Rust block of every page, compiled and run by rustdoc in edition
//! 2024, through mdBook's own `test`.

use mdbook_rehearse::harness::{Arguments, begin, rustdoc};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    begin();
    rustdoc(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &Arguments::from_args(),
    )
}
