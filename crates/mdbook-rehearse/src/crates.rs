//! The crates that listings use, and their versions.

use crate::html::highlight::Line;
use crate::settings::Settings;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The direct dependencies of the listings' crate.
#[derive(Debug, Clone, Default)]
pub struct Crates {
    /// By the name that they have in code.
    by_name: BTreeMap<String, Package>,
}

/// A package, as `Cargo.lock` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    /// `None` if there is no `Cargo.lock` yet, or if it does not know it.
    pub version: Option<String>,
}

#[derive(Deserialize)]
struct Manifest {
    package: ManifestPackage,
    #[serde(default)]
    dependencies: BTreeMap<String, Dependency>,
    #[serde(default, rename = "dev-dependencies")]
    dev_dependencies: BTreeMap<String, Dependency>,
}

#[derive(Deserialize)]
struct ManifestPackage {
    name: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Dependency {
    Table { package: Option<String> },
    Version(#[expect(dead_code)] String),
}

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Crates {
    /// Reads the listings' manifest, and the `Cargo.lock` beside or above it.
    /// What cannot be read has no dependencies: cargo says why.
    pub fn read(root: &Path, settings: &Settings) -> Crates {
        let folder = root.join(&settings.listings);
        let Some(manifest) = read::<Manifest>(&folder.join("Cargo.toml")) else {
            return Crates::default();
        };
        let versions = folder
            .ancestors()
            .filter_map(|folder| read::<Lock>(&folder.join("Cargo.lock")))
            .find_map(|lock| lock.versions_for(&manifest.package.name));
        Crates::of(manifest, &versions.unwrap_or_default())
    }

    /// Reads the manifest alone, so that no version is known.
    pub fn named(root: &Path, settings: &Settings) -> Crates {
        let manifest = root.join(&settings.listings).join("Cargo.toml");
        let manifest = read::<Manifest>(&manifest);
        manifest
            .map(|manifest| Crates::of(manifest, &BTreeMap::new()))
            .unwrap_or_default()
    }

    fn of(manifest: Manifest, versions: &BTreeMap<String, String>) -> Crates {
        let dependencies = manifest
            .dependencies
            .into_iter()
            .chain(manifest.dev_dependencies);
        let by_name = dependencies.map(|(key, dependency)| {
            let name = match dependency {
                Dependency::Table {
                    package: Some(package),
                } => package,
                _ => key.clone(),
            };
            let version = versions.get(&name).cloned();
            (key.replace('-', "_"), Package { name, version })
        });
        Crates {
            by_name: by_name.collect(),
        }
    }

    /// Whether the listings' crate depends on this package.
    pub fn has(&self, package: &str) -> bool {
        self.by_name.values().any(|known| known.name == package)
    }

    /// The version of a package; `None` if it is not known.
    pub fn version(&self, package: &str) -> Option<&String> {
        let known = self.by_name.values().find(|known| known.name == package);
        known.and_then(|known| known.version.as_ref())
    }

    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Those that a program names.
    pub fn used(&self, code: &[Line]) -> Vec<&Package> {
        let words = words(code);
        let used: BTreeSet<&str> = words
            .iter()
            .enumerate()
            .filter(|(at, _)| begins_path(&words, *at))
            .map(|(_, word)| *word)
            .collect();
        let packages = used.iter().filter_map(|name| self.by_name.get(*name));
        packages.collect()
    }
}

fn read<T: for<'a> Deserialize<'a>>(file: &Path) -> Option<T> {
    toml::from_str(&std::fs::read_to_string(file).ok()?).ok()
}

impl Lock {
    /// The versions of what a package depends on; `None` if it is not known.
    fn versions_for(&self, package: &str) -> Option<BTreeMap<String, String>> {
        let package = self.package.iter().find(|known| known.name == package)?;
        let versions = package.dependencies.iter().filter_map(|dependency| {
            // The version stands there only if there are several.
            let mut words = dependency.split(' ');
            let name = words.next()?;
            let version = match words.next() {
                Some(version) => version,
                None => {
                    &self
                        .package
                        .iter()
                        .find(|known| known.name == name)?
                        .version
                }
            };
            Some((name.to_owned(), version.to_owned()))
        });
        Some(versions.collect())
    }
}

/// The names and signs of a program, without its comments and texts.
pub fn words(code: &[Line]) -> Vec<&str> {
    let pieces = code.iter().flatten();
    let mut words = Vec::new();
    for piece in pieces.filter(|piece| !matches!(piece.class, "c" | "s")) {
        let mut rest = piece.text.as_str();
        while let Some(first) = rest.chars().next() {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            let length = if is_name(first) {
                rest.find(|c: char| !is_name(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (word, after) = rest.split_at(length);
            if !word.trim().is_empty() {
                words.push(word);
            }
            rest = after;
        }
    }
    words
}

/// Whether the word is the first of a path: `tokio::…`, `use futures;`.
fn begins_path(words: &[&str], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| words[before]);
    let after = words.get(at + 1).copied();
    match before {
        // `::tokio::…` is one, `time::tokio` is not.
        Some("::") => {
            let owner = at.checked_sub(2).map(|owner| words[owner]);
            !owner.is_some_and(|owner| owner.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        }
        Some("." | "'") => false,
        Some("use" | "crate") => true,
        _ => after == Some("::"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::highlight::rust;

    fn used(code: &str) -> Vec<String> {
        let package = |name: &str| Package {
            name: name.to_owned(),
            version: None,
        };
        let crates = Crates {
            by_name: ["tokio", "futures", "smol"]
                .map(|name| (name.to_owned(), package(name)))
                .into(),
        };
        let lines = rust(code);
        let used = crates.used(&lines);
        used.iter().map(|package| package.name.clone()).collect()
    }

    #[test]
    fn crates_are_found_where_a_path_begins() {
        assert_eq!(used("use tokio::time::sleep;"), ["tokio"]);
        assert_eq!(
            used("use {futures::join, smol::block_on};"),
            ["futures", "smol"]
        );
        assert_eq!(used("use smol;"), ["smol"]);
        assert_eq!(used("#[tokio::main]\nasync fn main() {}"), ["tokio"]);
        assert_eq!(used("fn main() { ::tokio::join!(a, b) }"), ["tokio"]);
        assert_eq!(used("fn main() { async { tokio::join!(a) }; }"), ["tokio"]);
    }

    #[test]
    fn other_things_of_that_name_are_no_crates() {
        assert!(used("// tokio::spawn\nfn main() {}").is_empty());
        assert!(used("fn main() { f(\"tokio::spawn\"); }").is_empty());
        assert!(used("fn main() { let futures = 1; futures.len(); }").is_empty());
        assert!(used("use mine::tokio::time;").is_empty());
    }

    #[test]
    fn a_lock_names_a_version_only_where_there_are_several() {
        let lock: Lock = toml::from_str(
            "[[package]]\nname = 'mine'\nversion = '0.1.0'\n\
             dependencies = ['one', 'two 2.0.0']\n\
             [[package]]\nname = 'one'\nversion = '1.0.0'\n\
             [[package]]\nname = 'two'\nversion = '1.0.0'\n\
             [[package]]\nname = 'two'\nversion = '2.0.0'\n",
        )
        .expect("it is well formed");
        let versions = lock.versions_for("mine").expect("it is known");
        assert_eq!(versions["one"], "1.0.0");
        assert_eq!(versions["two"], "2.0.0");
        assert!(lock.versions_for("other").is_none());
    }
}
