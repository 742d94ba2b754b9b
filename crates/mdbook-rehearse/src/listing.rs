//! The listings on disk: `<listings>/<chapter>/<name>.rs`, each beside what it
//! must print (`.console`) or what the compiler must say of it (`.stderr`).

use crate::finding::{Finding, nearest};
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::transcript::{Action, Transcript};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// The name of a listing in directives: `chapter/name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListingId {
    pub chapter: String,
    pub name: String,
}

impl ListingId {
    /// Splits `chapter/name`; `None` if it is not of that form.
    pub fn parse(text: &str) -> Option<ListingId> {
        let (chapter, name) = text.split_once('/')?;
        let plain = |part: &str| !part.is_empty() && !part.contains(['/', '\\', '.']);
        (plain(chapter) && plain(name)).then(|| ListingId {
            chapter: chapter.to_owned(),
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for ListingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.name)
    }
}

/// One program.
#[derive(Debug, Clone)]
pub struct Listing {
    pub id: ListingId,
    /// From the book's root.
    pub path: PathBuf,
    /// The whole file.
    pub source: String,
    /// The first line's `//!` text.
    pub caption: String,
    /// Whether the lesson is one of edition 2024, so that no older edition
    /// compiles it: a `//!` line says "Edition: 2024".
    pub only_2024: bool,
    pub proof: Proof,
}

/// What a listing is held to.
#[derive(Debug, Clone)]
pub enum Proof {
    /// It runs, and prints this.
    Prints(Transcript),
    /// The compiler refuses it, and says this.
    Refused(Refusal),
    /// Not recorded yet.
    Unrecorded { registered: bool },
}

impl Listing {
    /// The path of the file beside it that has this extension.
    pub fn beside(&self, extension: &str) -> PathBuf {
        self.path.with_extension(extension)
    }

    /// The program as the book shows it: without the `//!` lines, which
    /// become the caption, and without the marks of excerpts.
    pub fn code(&self) -> Vec<&str> {
        let lines = self
            .source
            .lines()
            .skip_while(|line| line.starts_with("//!") || line.is_empty());
        lines.filter(|line| anchor(line).is_none()).collect()
    }

    /// The program with, for each line, whether it lies in the excerpt.
    ///
    /// # Errors
    /// The names of the excerpts that there are, if it has no such excerpt.
    pub fn excerpt(&self, name: &str) -> Result<Vec<(bool, &str)>, Vec<&str>> {
        let begins = |line: &str| anchor(line) == Some((Mark::Begin, name));
        let ends = |line: &str| anchor(line) == Some((Mark::End, name));
        let mut inside = false;
        let mut found = false;
        let mut lines = Vec::new();
        for line in self.source.lines() {
            if begins(line) {
                (inside, found) = (true, true);
            } else if ends(line) {
                inside = false;
            } else if anchor(line).is_none() {
                lines.push((inside, line));
            }
        }
        if found {
            let code = lines
                .into_iter()
                .skip_while(|(_, line)| line.starts_with("//!") || line.is_empty());
            Ok(code.collect())
        } else {
            Err(self.anchors().collect())
        }
    }

    fn anchors(&self) -> impl Iterator<Item = &str> {
        self.source.lines().filter_map(|line| match anchor(line) {
            Some((Mark::Begin, name)) => Some(name),
            _ => None,
        })
    }

    /// The findings about its marks of excerpts.
    fn judge_anchors(&self, findings: &mut Vec<Finding>) {
        let mut open: Vec<(&str, usize, bool)> = Vec::new();
        let mut known = BTreeSet::new();
        for (number, line) in (1..).zip(self.source.lines()) {
            let wrong = match anchor(line) {
                Some((Mark::Begin, name)) if !known.insert(name) => {
                    format!("the anchor `{name}` begins twice")
                }
                Some((Mark::Begin, name)) => {
                    open.push((name, number, false));
                    continue;
                }
                Some((Mark::End, name)) => match open.iter().position(|(o, ..)| *o == name) {
                    Some(at) if open[at].2 => {
                        open.remove(at);
                        continue;
                    }
                    Some(at) => {
                        open.remove(at);
                        format!("the anchor `{name}` is empty")
                    }
                    None => format!("the anchor `{name}` ends without having begun"),
                },
                None => {
                    if !line.trim().is_empty() {
                        open.iter_mut().for_each(|(.., filled)| *filled = true);
                    }
                    continue;
                }
            };
            findings.push(Finding::new(&self.path, number, wrong, ANCHOR_MEND).check(&self.id));
        }
        for (name, number, _) in open {
            let what = format!("the anchor `{name}` does not end");
            findings.push(Finding::new(&self.path, number, what, ANCHOR_MEND).check(&self.id));
        }
    }
}

const ANCHOR_MEND: &str = "put `// ANCHOR: name` before the excerpt's lines and \
                           `// ANCHOR_END: name` after them, each name once";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Begin,
    End,
}

/// The mark that a line is, if it is one.
fn anchor(line: &str) -> Option<(Mark, &str)> {
    let comment = line.trim_start().strip_prefix("//")?.trim();
    let begin = comment
        .strip_prefix("ANCHOR:")
        .map(|name| (Mark::Begin, name));
    let end = comment
        .strip_prefix("ANCHOR_END:")
        .map(|name| (Mark::End, name));
    begin.or(end).map(|(mark, name)| (mark, name.trim()))
}

/// All listings of a book.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    pub listings: BTreeMap<ListingId, Listing>,
}

impl Catalog {
    /// Reads every listing, and everything that is wrong with them on disk.
    pub fn read(root: &Path, settings: &Settings) -> (Catalog, Vec<Finding>) {
        let mut findings = Vec::new();
        let folder = &settings.listings;
        let registered = read_registered(root, folder, &mut findings);
        let files = files_by_listing(root, folder, &mut findings);
        let mut catalog = Catalog::default();
        for (id, extensions) in files {
            let path = folder.join(&id.chapter).join(format!("{}.rs", id.name));
            if !extensions.contains("rs") {
                for extension in extensions {
                    let file = path.with_extension(&extension);
                    let what = format!("there is no listing {} beside it", path.display());
                    findings.push(
                        Finding::new(file, 1, what, "write the listing, or delete this file")
                            .check(&id),
                    );
                }
                continue;
            }
            let listing = read_listing(root, id, path, &extensions, &registered, &mut findings);
            if let Some(listing) = listing {
                listing.judge_anchors(&mut findings);
                catalog.listings.insert(listing.id.clone(), listing);
            }
        }
        judge_registered(root, &catalog, &registered, folder, &mut findings);
        judge_ports(&catalog, &mut findings);
        (catalog, findings)
    }

    /// The listing of this name, or what to do about there being none.
    pub fn get(&self, name: &str) -> Result<&Listing, String> {
        let found = ListingId::parse(name).and_then(|id| self.listings.get(&id));
        found.ok_or_else(|| {
            let names: Vec<String> = self.listings.keys().map(ListingId::to_string).collect();
            match nearest(name, names.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name it `chapter/listing`, after its file without `.rs`".to_owned(),
            }
        })
    }
}

/// An `[[example]]` of the listings' manifest.
struct Registered {
    name: String,
    /// From the listings' folder.
    path: PathBuf,
    line: usize,
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

fn read_registered(root: &Path, folder: &Path, findings: &mut Vec<Finding>) -> Vec<Registered> {
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
            return Vec::new();
        }
    };
    let line_of = |offset: usize| text[..offset].matches('\n').count() + 1;
    match toml::from_str::<Manifest>(&text) {
        Ok(manifest) => manifest
            .example
            .into_iter()
            .map(|example| Registered {
                line: line_of(example.span().start),
                name: example.get_ref().name.clone(),
                path: example.into_inner().path,
            })
            .collect(),
        Err(error) => {
            let line = line_of(error.span().map_or(0, |span| span.start));
            findings.push(Finding::new(
                &file,
                line,
                error.message(),
                "write `[[example]]`, `name = \"…\"` and `path = \"chapter/name.rs\"`",
            ));
            Vec::new()
        }
    }
}

/// The extensions that each listing's name has on disk.
fn files_by_listing(
    root: &Path,
    folder: &Path,
    findings: &mut Vec<Finding>,
) -> BTreeMap<ListingId, BTreeSet<String>> {
    let mut files: BTreeMap<ListingId, BTreeSet<String>> = BTreeMap::new();
    for chapter in folder_entries(&root.join(folder)) {
        if !chapter.is_dir() || chapter.ends_with("target") {
            continue;
        }
        for path in folder_entries(&chapter) {
            let relative = path
                .strip_prefix(root)
                .expect("it was found under the root");
            let id = chapter
                .file_name()
                .zip(path.file_stem())
                .and_then(|(chapter, stem)| {
                    Some(format!("{}/{}", chapter.to_str()?, stem.to_str()?))
                })
                .and_then(|name| ListingId::parse(&name));
            let extension = path.extension().and_then(|e| e.to_str());
            match (id, extension) {
                (Some(id), Some(extension @ ("rs" | "console" | "stderr"))) if path.is_file() => {
                    files.entry(id).or_default().insert(extension.to_owned());
                }
                _ => findings.push(Finding::new(
                    relative,
                    1,
                    "neither a listing nor what one prints",
                    "delete it, or give it one of the endings .rs, .console and .stderr",
                )),
            }
        }
    }
    files
}

fn folder_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn read_listing(
    root: &Path,
    id: ListingId,
    path: PathBuf,
    extensions: &BTreeSet<String>,
    registered: &[Registered],
    findings: &mut Vec<Finding>,
) -> Option<Listing> {
    let mut find = |file: &Path, line, what: String, mend: &str| {
        findings.push(Finding::new(file, line, what, mend).check(&id));
    };
    let read = |file: &Path| {
        std::fs::read(root.join(file))
            .map_err(|error| format!("cannot be read: {error}"))
            .and_then(|bytes| {
                String::from_utf8(bytes).map_err(|error| {
                    format!("is not UTF-8 at byte {}", error.utf8_error().valid_up_to())
                })
            })
    };
    let source = read(&path)
        .inspect_err(|what| find(&path, 1, what.clone(), "save it as UTF-8"))
        .ok()?;
    let docs = || source.lines().take_while(|line| line.starts_with("//!"));
    let caption = docs()
        .next()
        .and_then(|line| line.strip_prefix("//! "))
        .map(str::to_owned);
    if caption.is_none() {
        find(
            &path,
            1,
            "the listing has no caption".into(),
            "begin its first line with `//! ` and a sentence that says what the run shows",
        );
    }
    let is_registered = registered
        .iter()
        .any(|e| Path::new(&id.chapter).join(format!("{}.rs", id.name)) == e.path);
    let console = path.with_extension("console");
    let stderr = path.with_extension("stderr");
    let proof = match (
        extensions.contains("console"),
        extensions.contains("stderr"),
    ) {
        (true, true) => {
            find(
                &stderr,
                1,
                format!("a compiler's message beside {}", console.display()),
                "keep the one or the other: a listing runs, or the compiler refuses it",
            );
            return None;
        }
        (true, false) => match read(&console).map(|text| Transcript::parse(&text)) {
            Ok(Ok(transcript)) => {
                judge_commands(&transcript, &id, &console, &mut find);
                Proof::Prints(transcript)
            }
            Ok(Err(mistakes)) => {
                for mistake in mistakes {
                    find(&console, mistake.line, mistake.what, &mistake.mend);
                }
                return None;
            }
            Err(what) => {
                find(&console, 1, what, "record it again with `bless`");
                return None;
            }
        },
        (false, true) => match read(&stderr).and_then(|text| Refusal::parse(&text)) {
            Ok(refusal) => Proof::Refused(refusal),
            Err(what) => {
                find(&stderr, 1, what, "record it again with `bless`");
                return None;
            }
        },
        (false, false) => Proof::Unrecorded {
            registered: is_registered,
        },
    };
    Some(Listing {
        caption: caption.unwrap_or_default(),
        only_2024: docs().any(|line| line == "//! Edition: 2024"),
        id,
        path,
        source,
        proof,
    })
}

/// A transcript runs the listing that it stands beside.
fn judge_commands(
    transcript: &Transcript,
    id: &ListingId,
    file: &Path,
    find: &mut impl FnMut(&Path, usize, String, &str),
) {
    for step in &transcript.steps {
        if let Action::Example { name, .. } = &step.action
            && *name != id.name
        {
            find(
                file,
                step.line,
                format!("the transcript of `{}` runs `{name}`", id.name),
                "let a transcript run the listing that it stands beside",
            );
        }
    }
}

fn judge_registered(
    root: &Path,
    catalog: &Catalog,
    registered: &[Registered],
    folder: &Path,
    findings: &mut Vec<Finding>,
) {
    let manifest = folder.join("Cargo.toml");
    for (index, example) in registered.iter().enumerate() {
        let mut find = |what: String, mend: &str| {
            findings.push(Finding::new(&manifest, example.line, what, mend).check(&example.name));
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
                        "run the command `bless {}`, and read what it recorded",
                        listing.id
                    ),
                )
                .check(&listing.id),
            ),
            _ => {}
        }
    }
}

/// Ports that a reader's machine is likely to use already.
const COMMON_PORTS: [u16; 3] = [3000, 8000, 8080];

fn judge_ports(catalog: &Catalog, findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<u16, &ListingId> = BTreeMap::new();
    for listing in catalog.listings.values() {
        let Proof::Prints(transcript) = &listing.proof else {
            continue;
        };
        for (port, line) in transcript.ports() {
            let owner = *owners.entry(port).or_insert(&listing.id);
            let what = if COMMON_PORTS.contains(&port) {
                format!("port {port} is one that other programs like to use")
            } else if *owner != listing.id {
                format!("port {port} is that of `{owner}`")
            } else {
                continue;
            };
            findings.push(
                Finding::new(
                    listing.beside("console"),
                    line,
                    what,
                    "let the listing use a port that no other listing has",
                )
                .check(&listing.id),
            );
        }
    }
}
