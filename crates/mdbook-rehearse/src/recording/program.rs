//! The programs that are recorded: a crate of its own under target/record,
//! with each listing's text unchanged but for one line at its end.

use crate::cargo::{self, cargo};
use crate::listing::{Listing, ListingId};
use crate::settings::Settings;
use anyhow::{Context, Result, bail};
use cargo_metadata::{Dependency, DependencyKind, Message, Metadata, MetadataCommand, Package};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// From the book's root.
const FOLDER: &str = "target/record";

/// The crate's library, which notes what happens.
const RECORDER: [(&str, &str); 8] = [
    ("recorder/lib.rs", include_str!("recorder/lib.rs")),
    ("recorder/runtime.rs", include_str!("recorder/runtime.rs")),
    ("recorder/task.rs", include_str!("recorder/task.rs")),
    ("recorder/time.rs", include_str!("recorder/time.rs")),
    ("recorder/recorder.rs", include_str!("recorder/recorder.rs")),
    (
        "recorder/recorder/stack.rs",
        include_str!("recorder/recorder/stack.rs"),
    ),
    (
        "recorder/recorder/trace.rs",
        include_str!("recorder/recorder/trace.rs"),
    ),
    (
        "recorder/recorder/waker.rs",
        include_str!("recorder/recorder/waker.rs"),
    ),
];

/// Makes `main` callable from outside.
const ENTRANCE: &str = "pub fn recorded_main() -> impl std::process::Termination { main() }\n";

/// Builds the programs of the listings `wanted`, among `all` that have a
/// recording: these make up the crate, so that it changes with them only.
///
/// # Errors
/// If cargo fails, or a listing does not compile.
pub fn build(
    root: &Path,
    settings: &Settings,
    all: &[&Listing],
    wanted: &[&Listing],
) -> Result<BTreeMap<ListingId, PathBuf>> {
    let folder = root.join(FOLDER);
    write_crate(root, settings, &folder, all)?;
    let mut command = cargo();
    command
        .arg("build")
        .arg("--target-dir")
        .arg(folder.join("build"));
    for listing in wanted {
        command.args(["--bin", &listing.id.name]);
    }
    let mut child = command
        .arg("--message-format=json-render-diagnostics")
        .current_dir(&folder)
        // Without it Tokio tells nothing.
        .env("CARGO_ENCODED_RUSTFLAGS", "--cfg\u{1f}tokio_unstable")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run cargo")?;
    let stdout = child.stdout.take().expect("its output is piped");
    let mut programs = BTreeMap::new();
    for message in Message::parse_stream(BufReader::new(stdout)) {
        if let Message::CompilerArtifact(artifact) =
            message.context("cannot read what cargo reports")?
            && let Some(program) = artifact.executable
            && let Some(listing) = wanted
                .iter()
                .find(|listing| listing.id.name == artifact.target.name)
        {
            programs.insert(listing.id.clone(), program.into_std_path_buf());
        }
    }
    if !child.wait()?.success() {
        bail!(
            "the listings do not compile for a recording; cargo says why above. Recorded are {RECORDED}"
        );
    }
    Ok(programs)
}

/// What can be recorded, for messages.
pub const RECORDED: &str = "programs that run on Tokio by themselves: `#[tokio::main]` or a runtime's `block_on`, \
                            one command in the transcript, exit status 0";

fn write_crate(
    root: &Path,
    settings: &Settings,
    folder: &Path,
    listings: &[&Listing],
) -> Result<()> {
    let manifest = root.join(&settings.listings).join("Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(&manifest)
        .exec()
        .context("cannot read the listings' dependencies")?;
    let package = cargo::package(&metadata, &manifest)?;
    for (path, text) in RECORDER {
        write(&folder.join(path), text)?;
    }
    for listing in listings {
        let path = listing.path.strip_prefix(&settings.listings)?;
        let (chapter, name) = (&listing.id.chapter, &listing.id.name);
        write(
            &folder.join("listings").join(path),
            &format!("{}\n{ENTRANCE}", listing.source.trim_end()),
        )?;
        write(&folder.join("bin").join(path), &starter(chapter, name))?;
    }
    let is_new = write(
        &folder.join("Cargo.toml"),
        &manifest_text(package, listings),
    )?;
    copy_lock(&metadata, folder, is_new)
}

/// The program that runs a listing's `main`.
fn starter(chapter: &str, name: &str) -> String {
    let file = format!("listings/{chapter}/{name}.rs");
    format!(
        "#[allow(unused_imports)]\n\
         #[macro_use(print, println, eprint, eprintln)]\n\
         extern crate tokio;\n\n\
         #[path = \"../../{file}\"]\n\
         mod listing;\n\n\
         fn main() -> std::process::ExitCode {{\n    \
             tokio::recorder::run(\"{file}\", listing::recorded_main)\n\
         }}\n"
    )
}

fn manifest_text(package: &Package, listings: &[&Listing]) -> String {
    let mut text = format!(
        "[package]\nname = \"recording\"\nedition = \"{}\"\nautobins = false\n\n\
         [lib]\nname = \"tokio\"\npath = \"recorder/lib.rs\"\n\n\
         [workspace]\n\n\
         [profile.dev]\ndebug = 1\nincremental = false\n\n\
         [profile.dev.package.\"*\"]\ndebug = false\n\n\
         [dependencies]\n\
         nix = {{ version = \"0.31\", features = [\"resource\", \"time\"] }}\n\
         tracing = {{ version = \"0.1\", default-features = false, features = [\"std\"] }}\n",
        package.edition
    );
    let is_used = |dependency: &&Dependency| {
        let name = dependency
            .rename
            .as_ref()
            .unwrap_or(&dependency.name)
            .replace('-', "_");
        let uses = |listing: &&Listing| listing.source.contains(&format!("{name}::"));
        dependency.kind == DependencyKind::Normal && (name == "tokio" || listings.iter().any(uses))
    };
    for dependency in package.dependencies.iter().filter(is_used) {
        text += &dependency_text(dependency);
    }
    for listing in listings {
        let ListingId { chapter, name } = &listing.id;
        _ = write!(
            text,
            "\n[[bin]]\nname = \"{name}\"\npath = \"bin/{chapter}/{name}.rs\"\n"
        );
    }
    text
}

/// A dependency of the listings, with the same demands.
fn dependency_text(dependency: &Dependency) -> String {
    let mut name = dependency
        .rename
        .as_ref()
        .unwrap_or(&dependency.name)
        .as_str();
    let mut features = dependency.features.clone();
    if dependency.name == "tokio" {
        // The crate's own library has the name.
        name = "real";
        features.extend(
            ["macros", "rt-multi-thread", "test-util", "time", "tracing"].map(str::to_owned),
        );
    }
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let features: Vec<String> = features.iter().map(|feature| quoted(feature)).collect();
    let mut text = format!("{name} = {{ package = {}", quoted(&dependency.name));
    match &dependency.path {
        Some(path) => _ = write!(text, ", path = {}", quoted(path.as_str())),
        None => _ = write!(text, ", version = {}", quoted(&dependency.req.to_string())),
    }
    let (defaults, features) = (dependency.uses_default_features, features.join(", "));
    _ = writeln!(
        text,
        ", default-features = {defaults}, features = [{features}] }}"
    );
    text
}

/// Lets the crate begin with the versions that the listings are built with:
/// cargo keeps what is used, and so forgets what a new manifest may name.
fn copy_lock(metadata: &Metadata, folder: &Path, is_new: bool) -> Result<()> {
    let book = metadata.workspace_root.join("Cargo.lock");
    let text = fs::read_to_string(book).unwrap_or_default();
    let is_changed = write(&folder.join("book.lock"), &text)?;
    if (is_new || is_changed) && !text.is_empty() {
        fs::write(folder.join("Cargo.lock"), text)?;
    }
    Ok(())
}

/// Writes a file, unless it is as it should be, for cargo goes by dates.
/// Whether it had to be written.
fn write(path: &Path, text: &str) -> io::Result<bool> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)?;
    Ok(true)
}
