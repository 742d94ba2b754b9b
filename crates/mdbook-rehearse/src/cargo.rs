//! Building the listings, just as `cargo run --example` builds them.

use crate::settings::Settings;
use anyhow::{Context, Result, bail};
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};
use cargo_metadata::{
    Artifact, DependencyKind, Message, Metadata, MetadataCommand, Package, PackageId,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What came of building the listings.
#[derive(Debug)]
pub struct Build {
    /// The programs, by the name of the example.
    pub programs: BTreeMap<String, PathBuf>,
    /// Warnings and errors, by the file they are about, from the book's root.
    pub diagnostics: Vec<(PathBuf, Diagnostic)>,
    /// The listings' direct dependencies: the name that they have in the
    /// source, and the library that the listings are linked with.
    pub direct: BTreeMap<String, PathBuf>,
    /// Every library file of the build: `.rlib`, and `.so` for macros.
    pub libraries: BTreeSet<PathBuf>,
    /// The edition of the listings' crate.
    pub edition: String,
    /// The compiler's version, such as `1.95.0`.
    pub rustc: String,
}

/// How the listings are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

/// The folder in which the reader types `cargo run --example`: the book's
/// root if a crate lies there, otherwise the listings' crate.
pub fn folder(root: &Path, settings: &Settings) -> PathBuf {
    if root.join("Cargo.toml").is_file() {
        root.to_path_buf()
    } else {
        root.join(&settings.listings)
    }
}

/// Builds all listings that are registered.
///
/// # Errors
/// If cargo cannot be run, or fails for another reason than a listing.
pub fn build(root: &Path, settings: &Settings, profile: Profile) -> Result<Build> {
    let folder = folder(root, settings);
    let mut arguments = vec!["build", "--examples", "--keep-going"];
    if profile == Profile::Release {
        arguments.push("--release");
    }
    let messages = run_cargo(&folder, &arguments)?;
    let (direct, edition) = direct_dependencies(root, settings, &messages.artifacts)?;
    let is_library = |path: &PathBuf| {
        let extension = path.extension().and_then(|e| e.to_str());
        matches!(extension, Some("rlib" | "so" | "dylib" | "dll"))
    };
    let files = |artifact: &Artifact| -> Vec<PathBuf> {
        artifact
            .filenames
            .iter()
            .map(|f| f.clone().into_std_path_buf())
            .collect()
    };
    let programs = messages
        .artifacts
        .iter()
        .filter(|artifact| artifact.target.is_example())
        .filter_map(|artifact| {
            let program = artifact.executable.clone()?.into_std_path_buf();
            Some((artifact.target.name.clone(), program))
        });
    Ok(Build {
        programs: programs.collect(),
        diagnostics: relative(root, &folder, messages.diagnostics),
        direct,
        libraries: messages
            .artifacts
            .iter()
            .flat_map(files)
            .filter(is_library)
            .collect(),
        edition,
        rustc: rustc_version()?,
    })
}

/// Whether clippy is installed.
pub fn has_clippy() -> bool {
    let output = cargo().args(["clippy", "--version"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// What clippy says of the listings.
///
/// # Errors
/// If cargo cannot be run.
pub fn clippy(root: &Path, settings: &Settings) -> Result<Vec<(PathBuf, Diagnostic)>> {
    let folder = folder(root, settings);
    let mut messages = run_cargo(&folder, &["clippy", "--examples", "--keep-going"])?;
    // The compiler's own warnings come with the build; what it does not
    // compile, clippy has not seen.
    messages.diagnostics.retain(|diagnostic| {
        let code = diagnostic.code.as_ref();
        diagnostic.level == DiagnosticLevel::Error
            || code.is_some_and(|code| code.code.starts_with("clippy::"))
    });
    Ok(relative(root, &folder, messages.diagnostics))
}

/// What a cargo command reports.
struct Messages {
    artifacts: Vec<Artifact>,
    diagnostics: Vec<Diagnostic>,
}

/// Runs cargo; its progress goes to the terminal.
fn run_cargo(folder: &Path, arguments: &[&str]) -> Result<Messages> {
    let mut child = cargo()
        .args(arguments)
        .arg("--message-format=json")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run cargo")?;
    let stdout = child.stdout.take().expect("its output is piped");
    let mut messages = Messages {
        artifacts: Vec::new(),
        diagnostics: Vec::new(),
    };
    for message in Message::parse_stream(BufReader::new(stdout)) {
        match message.context("cannot read what cargo reports")? {
            Message::CompilerArtifact(artifact) => messages.artifacts.push(artifact),
            Message::CompilerMessage(about) if about.target.is_example() => {
                messages.diagnostics.push(about.message);
            }
            _ => {}
        }
    }
    let status = child.wait()?;
    let is_error = |diagnostic: &Diagnostic| diagnostic.level == DiagnosticLevel::Error;
    if !status.success() && !messages.diagnostics.iter().any(is_error) {
        bail!("`cargo {}` failed; it says why above", arguments.join(" "));
    }
    Ok(messages)
}

/// The diagnostics that have a place, with the file they are about.
fn relative(
    root: &Path,
    folder: &Path,
    diagnostics: Vec<Diagnostic>,
) -> Vec<(PathBuf, Diagnostic)> {
    diagnostics
        .into_iter()
        .filter_map(|diagnostic| {
            let span = diagnostic.spans.iter().find(|span| span.is_primary)?;
            let path = folder.join(&span.file_name);
            let path = path
                .strip_prefix(root)
                .map(Path::to_path_buf)
                .unwrap_or(path);
            Some((path, diagnostic))
        })
        .collect()
}

/// The libraries that the listings name, and the edition they are written in.
fn direct_dependencies(
    root: &Path,
    settings: &Settings,
    artifacts: &[Artifact],
) -> Result<(BTreeMap<String, PathBuf>, String)> {
    let manifest = root.join(&settings.listings).join("Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(&manifest)
        .exec()
        .context("cannot read the listings' dependencies")?;
    let package = package(&metadata, &manifest)?;
    let nodes = metadata
        .resolve
        .as_ref()
        .map(|resolve| resolve.nodes.as_slice());
    let node = nodes
        .and_then(|nodes| nodes.iter().find(|node| node.id == package.id))
        .context("cargo did not resolve the listings' dependencies")?;
    let direct = node
        .deps
        .iter()
        .filter(|dep| {
            dep.dep_kinds
                .iter()
                .any(|kind| kind.kind != DependencyKind::Build)
        })
        .filter_map(|dep| Some((dep.name.clone(), library(artifacts, &dep.pkg)?)))
        .collect();
    Ok((direct, package.edition.to_string()))
}

/// The package with this manifest.
pub fn package<'a>(metadata: &'a Metadata, manifest: &Path) -> Result<&'a Package> {
    let manifest = manifest.canonicalize()?;
    let mut packages = metadata.packages.iter();
    packages
        .find(|package| package.manifest_path.as_std_path() == manifest)
        .with_context(|| format!("cargo knows no package {}", manifest.display()))
}

/// The library that was built of a package. A package may be built twice, for
/// programs and for build scripts; programs have at least as many features.
fn library(artifacts: &[Artifact], package: &PackageId) -> Option<PathBuf> {
    artifacts
        .iter()
        .filter(|artifact| artifact.package_id == *package)
        .filter(|artifact| !artifact.target.is_custom_build() && !artifact.target.is_example())
        .max_by_key(|artifact| artifact.features.len())?
        .filenames
        .iter()
        .find(|file| matches!(file.extension(), Some("rlib" | "so" | "dylib" | "dll")))
        .map(|file| file.clone().into_std_path_buf())
}

impl Build {
    /// The arguments with which rustc finds the listings' dependencies.
    pub fn extern_args(&self) -> Vec<OsString> {
        let mut arguments = Vec::new();
        let folders = self.libraries.iter().filter_map(|library| library.parent());
        for folder in folders.collect::<BTreeSet<_>>() {
            arguments.push("-L".into());
            let mut argument = OsString::from("dependency=");
            argument.push(folder);
            arguments.push(argument);
        }
        for (name, path) in &self.direct {
            arguments.push("--extern".into());
            let mut argument = OsString::from(format!("{name}="));
            argument.push(path);
            arguments.push(argument);
        }
        arguments
    }
}

/// The cargo that runs this, or the one that is found.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The compiler that cargo uses.
pub fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn rustc_version() -> Result<String> {
    let output = rustc()
        .arg("--version")
        .output()
        .context("cannot run rustc")?;
    let text = String::from_utf8(output.stdout)?;
    let version = text.split_whitespace().nth(1);
    Ok(version
        .with_context(|| format!("rustc says `{text}`"))?
        .to_owned())
}
