//! The listings on disk: `<listings>/<chapter>/<name>.rs`, each beside what it
//! must print (`.console`) or what the compiler must say of it (`.stderr`).

use crate::excerpt::anchor;
use crate::recording::format::Recording;
use crate::refusal::Refusal;
use crate::transcript::Transcript;
use std::fmt;
use std::path::PathBuf;

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
    /// What happened in a run of it, if it was recorded.
    pub recording: Option<Recording>,
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

    /// Whether skeptic can prove it: it compiles, in edition 2021 as well.
    pub fn is_for_skeptic(&self) -> bool {
        !self.only_2024 && !matches!(self.proof, Proof::Refused(_))
    }

    /// The program as the book shows it: without the `//!` lines, which
    /// become the caption, and without the marks of excerpts.
    pub fn code(&self) -> Vec<&str> {
        let lines = self.source.lines().filter(|line| anchor(line).is_none());
        lines
            .skip_while(|line| line.starts_with("//!") || line.is_empty())
            .collect()
    }
}
