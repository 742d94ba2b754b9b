//! Hands every chapter, expanded as mdBook expands it, to skeptic, which makes
//! a test of each Rust block.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for folder in ["src", "listings"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=book.toml");
    let generated = out.join("skeptic-tests.rs");
    match mdbook_rehearse::skeptic_chapters(Path::new(".")) {
        Ok(chapters) => {
            let folder = out.join("chapters");
            fs::create_dir_all(&folder)?;
            let mut files = Vec::new();
            for (slug, text) in &chapters {
                let file = folder.join(slug).with_extension("md");
                write(&file, text)?;
                files.push(file);
            }
            skeptic::generate_doc_tests(&files);
        }
        // A mistake in the book fails the tests, which read the book as well,
        // and not the build: `cargo run` is there to show it.
        Err(_) => fs::write(&generated, "")?,
    }
    let table = mdbook_rehearse::skeptic_table(&fs::read_to_string(&generated)?);
    fs::write(out.join("skeptic-table.rs"), table)
}

/// Writes a file with a date long past. skeptic asks cargo to run this script
/// again when the file changes; it does, but only here.
fn write(file: &Path, text: &str) -> io::Result<()> {
    fs::write(file, text)?;
    fs::File::options()
        .write(true)
        .open(file)?
        .set_modified(SystemTime::UNIX_EPOCH)
}
