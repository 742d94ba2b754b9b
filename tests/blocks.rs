//! Every Rust block of every page, compiled and run: in edition 2021 by
//! skeptic, whose tests the build script made, and in edition 2024 by rustdoc,
//! through mdBook's own `test`.

use mdbook_rehearse::harness::{Arguments, begin, blocks};
use std::path::Path;
use std::process::ExitCode;

include!(concat!(env!("OUT_DIR"), "/skeptic-table.rs"));

fn main() -> ExitCode {
    begin(TESTS);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    blocks(root, &Arguments::from_args(), Some(TESTS))
}
