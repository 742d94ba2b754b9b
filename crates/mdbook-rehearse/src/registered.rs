//! The `[[example]]` entries of the listings' crate, by which a reader runs
//! a listing.

use crate::catalog::Catalog;
use crate::finding::{Finding, RUN};
use crate::listing::Proof;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// An `[[example]]` of the listings' manifest.
pub struct Registered {
    pub name: String,
    /// From the listings' folder.
    pub path: PathBuf,
    pub line: usize,
}

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    example: Vec<toml::Spanned<Example>>,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    path: PathBuf,
}

/// Reads the entries. `None` if the manifest cannot be read, which is found.
pub fn read(root: &Path, folder: &Path, findings: &mut Vec<Finding>) -> Option<Vec<Registered>> {
    let file = folder.join("Cargo.toml");
    let text = match std::fs::read_to_string(root.join(&file)) {
        Ok(text) => text,
        Err(error) => {
            findings.push(Finding::new(
                &file,
                1,
                format!("cannot be read: {error}"),
                "make the crate of the listings there, or set `listings` in book.toml",
            ));
            return None;
        }
    };
    let line_of = |offset: usize| text[..offset].matches('\n').count() + 1;
    match toml::from_str::<Manifest>(&text) {
        Ok(manifest) => {
            let examples = manifest.example.into_iter().map(|example| Registered {
                line: line_of(example.span().start),
                name: example.get_ref().name.clone(),
                path: example.into_inner().path,
            });
            Some(examples.collect())
        }
        Err(error) => {
            let line = line_of(error.span().map_or(0, |span| span.start));
            findings.push(Finding::new(
                &file,
                line,
                error.message(),
                "write `[[example]]`, `name = \"…\"` and `path = \"chapter/name.rs\"`",
            ));
            None
        }
    }
}

/// Each program is registered once, under its own name; nothing else is.
pub fn judge(
    root: &Path,
    catalog: &Catalog,
    registered: &[Registered],
    folder: &Path,
    findings: &mut Vec<Finding>,
) {
    let manifest = folder.join("Cargo.toml");
    for (index, example) in registered.iter().enumerate() {
        let mut find = |what: String, mend: &str| {
            findings.push(Finding::new(&manifest, example.line, what, mend));
        };
        let earlier = &registered[..index];
        if earlier
            .iter()
            .any(|e| e.path == example.path || e.name == example.name)
        {
            find(
                format!("`{}` is registered twice", example.name),
                "keep one `[[example]]` for each listing; its name is unique in the whole book",
            );
        }
        if !root.join(folder).join(&example.path).is_file() {
            find(
                format!("there is no file {}", folder.join(&example.path).display()),
                "write the listing, or remove its `[[example]]`",
            );
        } else if example
            .path
            .file_stem()
            .is_none_or(|stem| stem != example.name.as_str())
        {
            find(
                format!(
                    "{} is registered as `{}`",
                    example.path.display(),
                    example.name
                ),
                "give the example the name of its file",
            );
        }
    }
    for listing in catalog.listings.values() {
        let relative = listing
            .path
            .strip_prefix(folder)
            .expect("listings lie in their folder");
        let entry = registered.iter().find(|example| example.path == relative);
        match (&listing.proof, entry) {
            (Proof::Refused(_), Some(entry)) => findings.push(
                Finding::new(
                    &manifest,
                    entry.line,
                    format!(
                        "`{}` is registered, but the compiler refuses it",
                        listing.id
                    ),
                    "remove its `[[example]]`: a listing with a .stderr is no example",
                )
                .check(&listing.id),
            ),
            (Proof::Prints(_), None) => findings.push(
                Finding::new(
                    &listing.path,
                    1,
                    "the listing is not registered, so nobody can run it",
                    format!(
                        "add `[[example]]` with name = \"{}\" and path = \"{}\" to {}",
                        listing.id.name,
                        relative.display(),
                        manifest.display()
                    ),
                )
                .check(&listing.id),
            ),
            (Proof::Unrecorded { .. }, _) => findings.push(
                Finding::new(
                    &listing.path,
                    1,
                    "the listing has no transcript",
                    format!(
                        "record it, and read what was recorded: {RUN} bless {}",
                        listing.id
                    ),
                )
                .check(&listing.id),
            ),
            _ => {}
        }
    }
}
