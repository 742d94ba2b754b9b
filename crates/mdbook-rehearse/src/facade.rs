//! The folder that `mdbook test -L` gives to rustdoc.
//!
//! rustdoc finds a crate by its name in the `-L` folders. Cargo's own folders
//! do not serve: they may hold several builds of a crate, and rustdoc then
//! refuses each (E0464). So exactly the files of one build are linked into a
//! folder of their own, with a crate that re-exports what the listings name;
//! hidden lines at the top of each block bring its names into scope.

use crate::cargo::{Build, rustc};
use crate::settings::Settings;
use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The name of the crate that re-exports the listings' dependencies.
const CRATE: &str = "rehearse_facade";

/// The hidden lines for the top of each block.
pub fn prelude() -> [String; 2] {
    [
        format!("extern crate {CRATE};"),
        format!("#[allow(unused_imports)] use {CRATE}::*;"),
    ]
}

/// Makes the folder, unless it holds just this build already.
///
/// # Errors
/// If files cannot be written, or the crate not be compiled.
pub fn link(root: &Path, settings: &Settings, build: &Build) -> Result<()> {
    let folder = root.join(&settings.link_folder);
    let stamp = stamp(build)?;
    let stamp_file = "build.txt";
    if fs::read_to_string(folder.join(stamp_file)).is_ok_and(|text| text == stamp) {
        return Ok(());
    }
    let parent = folder.parent().context("the link folder has no parent")?;
    fs::create_dir_all(parent)?;
    let fresh = tempfile::Builder::new()
        .prefix("rehearse-")
        .tempdir_in(parent)?;
    for library in &build.libraries {
        let name = library.file_name().context("a library has a name")?;
        let link = fresh.path().join(name);
        fs::hard_link(library, &link).or_else(|_| fs::copy(library, &link).map(drop))?;
    }
    let mut source = String::new();
    for name in build.direct.keys() {
        writeln!(source, "pub extern crate {name};")?;
    }
    let source_file = fresh.path().join(format!("{CRATE}.rs"));
    fs::write(&source_file, source)?;
    let status = rustc()
        .args([
            "--edition",
            "2021",
            "--crate-type",
            "rlib",
            "--crate-name",
            CRATE,
        ])
        .args(["--cap-lints", "allow", "--out-dir"])
        .arg(fresh.path())
        .args(build.extern_args())
        .arg(&source_file)
        .status()
        .context("cannot run rustc")?;
    ensure!(
        status.success(),
        "rustc cannot compile {}",
        source_file.display()
    );
    fs::write(fresh.path().join(stamp_file), stamp)?;

    // Put in place whole, so that no reader sees half of it.
    let old = tempfile::Builder::new()
        .prefix("rehearse-")
        .tempdir_in(parent)?;
    if folder.exists() {
        fs::rename(&folder, old.path().join("old"))?;
    }
    fs::rename(fresh.keep(), &folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Says which files the folder is made of.
fn stamp(build: &Build) -> Result<String> {
    let mut stamp = format!("rustc {}\n", build.rustc);
    for library in &build.libraries {
        let metadata = fs::metadata(library)?;
        let age = metadata.modified()?.duration_since(std::time::UNIX_EPOCH)?;
        writeln!(
            stamp,
            "{} {} {}",
            library.display(),
            metadata.len(),
            age.as_nanos()
        )?;
    }
    Ok(stamp)
}
