//! Every listing builds without a warning and prints what its transcript
//! says, or the compiler refuses it with the recorded message.

use mdbook_rehearse::harness::{Arguments, begin, listings};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    begin(&[]);
    listings(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &Arguments::from_args(),
    )
}
