//! What was proved of each listing here, and with what: a small file for each
//! in a folder beside the one that rustdoc links, kept between runs.

use crate::crates::Crates;
use crate::html::highlight;
use crate::listing::{Listing, Proof};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// That a listing printed what its transcript says, or that the compiler
/// refused it as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The hash of the program, in hexadecimal.
    source: String,
    /// The hash of the transcript or of the compiler's message.
    proof: String,
    /// The compiler's version, such as `1.95.0`.
    pub rustc: String,
    /// The versions of the crates that the program names.
    pub crates: BTreeMap<String, String>,
}

/// The records of a book.
pub struct Memory {
    folder: PathBuf,
    crates: Crates,
}

impl Memory {
    /// The records, and the crates as `Cargo.lock` now has them.
    pub fn open(root: &Path, settings: &Settings) -> Memory {
        Memory {
            folder: root.join(settings.proof_folder()),
            crates: Crates::read(root, settings),
        }
    }

    /// The crates of the listings.
    pub fn crates(&self) -> &Crates {
        &self.crates
    }

    /// Records that a listing passed with this compiler.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn note(&self, listing: &Listing, rustc: &str) -> io::Result<()> {
        let code = highlight::rust(&listing.code().join("\n"));
        let used = self.crates.used(&code).into_iter();
        let versions = used.map(|package| {
            let version = package.version.clone().unwrap_or_default();
            (package.name.clone(), version)
        });
        let record = Record {
            source: hash(&listing.source),
            proof: hash_of(&listing.proof),
            rustc: rustc.to_owned(),
            crates: versions.collect(),
        };
        let file = self.file(listing);
        fs::create_dir_all(file.parent().expect("a listing has a chapter"))?;
        fs::write(file, serde_json::to_string_pretty(&record)? + "\n")
    }

    /// Records that it did not.
    ///
    /// # Errors
    /// If the record is there and cannot be removed.
    pub fn forget(&self, listing: &Listing) -> io::Result<()> {
        match fs::remove_file(self.file(listing)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The record of a listing, if neither it nor its crates have changed.
    pub fn recall(&self, listing: &Listing) -> Option<Record> {
        let text = fs::read_to_string(self.file(listing)).ok()?;
        let record: Record = serde_json::from_str(&text).ok()?;
        let has_changed = record.source != hash(&listing.source)
            || record.proof != hash_of(&listing.proof)
            || record
                .crates
                .iter()
                .any(|(name, version)| self.crates.version(name) != Some(version));
        (!has_changed).then_some(record)
    }

    fn file(&self, listing: &Listing) -> PathBuf {
        let chapter = self.folder.join(&listing.id.chapter);
        chapter.join(format!("{}.json", listing.id.name))
    }
}

fn hash_of(proof: &Proof) -> String {
    hash(&match proof {
        Proof::Prints(transcript) => transcript.to_file(),
        Proof::Refused(refusal) => refusal.to_file(),
        Proof::Unrecorded { .. } => String::new(),
    })
}

fn hash(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
