//! Every Rust block of every page, compiled and run by skeptic in edition
//! 2021. The build script made the tests.

use mdbook_rehearse::harness::{Arguments, skeptic};
use std::path::Path;
use std::process::ExitCode;

include!(concat!(env!("OUT_DIR"), "/skeptic-table.rs"));

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    skeptic(root, &Arguments::from_args(), TESTS)
}
