//! Reading the listings from disk, and what is wrong with them there.

use crate::command::Action;
use crate::finding::{Finding, RUN, nearest};
use crate::listing::{Listing, ListingId, Proof};
use crate::recording::EXTENSION;
use crate::recording::format::Recording;
use crate::refusal::Refusal;
use crate::registered::{self, Registered};
use crate::settings::Settings;
use crate::transcript::Transcript;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// All listings of a book.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    pub listings: BTreeMap<ListingId, Listing>,
    /// Those that are there, but whose files say nothing that makes sense.
    unreadable: BTreeSet<ListingId>,
}

/// Why there is no listing of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoListing {
    /// It is there, and what is wrong with its files was found.
    Unreadable,
    /// Nothing has this name. `mend` is what to do about it.
    Unknown { mend: String },
}

impl Catalog {
    /// The listings that a filter names: the one that has this very name, or
    /// else all whose `chapter/name` has it as a part.
    pub fn named<'a>(&'a self, filter: &'a str) -> impl Iterator<Item = &'a Listing> {
        let exact = ListingId::parse(filter).filter(|id| self.listings.contains_key(id));
        self.listings.values().filter(move |listing| match &exact {
            Some(id) => listing.id == *id,
            None => listing.id.to_string().contains(filter),
        })
    }

    /// Reads every listing, and everything that is wrong with them on disk.
    pub fn read(root: &Path, settings: &Settings) -> (Catalog, Vec<Finding>) {
        let mut findings = Vec::new();
        let folder = &settings.listings;
        let registered = registered::read(root, folder, &mut findings);
        let files = files_by_listing(root, folder, &mut findings);
        let mut catalog = Catalog::default();
        for (id, extensions) in files {
            let path = folder.join(&id.chapter).join(format!("{}.rs", id.name));
            if !extensions.contains("rs") {
                for extension in extensions {
                    let file = path.with_extension(&extension);
                    let what = format!("there is no listing {} beside it", path.display());
                    findings.push(Finding::new(
                        file,
                        1,
                        what,
                        "write the listing, or delete this file",
                    ));
                }
                continue;
            }
            let known = registered.as_deref().unwrap_or_default();
            let listing = read_listing(root, id.clone(), path, &extensions, known, &mut findings);
            match listing {
                Some(listing) => {
                    listing.judge_anchors(&mut findings);
                    catalog.listings.insert(id, listing);
                }
                None => {
                    catalog.unreadable.insert(id);
                }
            }
        }
        if let Some(registered) = registered {
            registered::judge(root, &catalog, &registered, folder, &mut findings);
        }
        judge_ports(&catalog, &mut findings);
        (catalog, findings)
    }

    /// The listing of this name.
    ///
    /// # Errors
    /// Why there is none.
    pub fn get(&self, name: &str) -> Result<&Listing, NoListing> {
        let id = ListingId::parse(name);
        if let Some(listing) = id.as_ref().and_then(|id| self.listings.get(id)) {
            return Ok(listing);
        }
        if id.is_some_and(|id| self.unreadable.contains(&id)) {
            return Err(NoListing::Unreadable);
        }
        let names: Vec<String> = self.listings.keys().map(ListingId::to_string).collect();
        let mend = match nearest(name, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name it `chapter/listing`, after its file without `.rs`".to_owned(),
        };
        Err(NoListing::Unknown { mend })
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
            let name = path.file_name().and_then(|name| name.to_str());
            let parts = name.and_then(|name| name.split_once('.'));
            let chapter = chapter.file_name().and_then(|name| name.to_str());
            let id = parts
                .zip(chapter)
                .and_then(|((name, _), chapter)| ListingId::parse(&format!("{chapter}/{name}")));
            match (id, parts.map(|(_, extension)| extension)) {
                (Some(id), Some(extension @ ("rs" | "console" | "stderr" | EXTENSION)))
                    if path.is_file() =>
                {
                    files.entry(id).or_default().insert(extension.to_owned());
                }
                _ => findings.push(Finding::new(
                    relative,
                    1,
                    "neither a listing nor what one prints",
                    "delete it, or give it one of the endings .rs, .console, .stderr and .run.json",
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
    let record_anew = format!("delete it, and record it anew: {RUN} bless {id}");
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
                find(&console, 1, what, &record_anew);
                return None;
            }
        },
        (false, true) => match read(&stderr).and_then(|text| Refusal::parse(&text)) {
            Ok(refusal) => Proof::Refused(refusal),
            Err(what) => {
                find(&stderr, 1, what, &record_anew);
                return None;
            }
        },
        (false, false) => Proof::Unrecorded {
            registered: is_registered,
        },
    };
    let recording = if extensions.contains(EXTENSION) {
        let file = path.with_extension(EXTENSION);
        let mend = format!("record it anew: {RUN} record {id}");
        let text = read(&file).map_err(|what| (1, what));
        let recording = text.and_then(|text| Recording::parse(&text));
        recording
            .inspect_err(|(line, what)| find(&file, *line, what.clone(), &mend))
            .ok()
    } else {
        None
    };
    Some(Listing {
        recording,
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
