//! The table `[preprocessor.rehearse]` of `book.toml`.

use crate::finding::Finding;
use serde::Deserialize;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What an author can set. Every key has a default.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// The folder of the crate that holds the listings, from the book's root.
    pub listings: PathBuf,
    /// The folder for what `mdbook test -L` links, from the book's root.
    pub link_folder: PathBuf,
    /// How the author runs the tool; findings show it.
    pub run: String,
    /// How long one step of a transcript may take, in seconds.
    pub time_limit: NonZeroU64,
    /// Tags of fenced blocks that may stand in a chapter beside `console`.
    pub fences: Vec<String>,
    /// The packages that the Rust Playground has, of those that listings use.
    /// Without it no listing has a link there.
    pub playground: Option<Vec<String>>,

    // mdBook's own keys, named so that any other is a mistake.
    #[serde(rename = "command")]
    _command: Option<String>,
    #[serde(rename = "before")]
    _before: Vec<String>,
    #[serde(rename = "after")]
    _after: Vec<String>,
    #[serde(rename = "renderers")]
    _renderers: Option<Vec<String>>,
    #[serde(rename = "optional")]
    _optional: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listings: "listings".into(),
            link_folder: "target/rehearse".into(),
            run: "mdbook-rehearse".into(),
            time_limit: const { NonZeroU64::new(10).expect("ten is not zero") },
            fences: vec!["toml".into()],
            playground: None,
            _command: None,
            _before: Vec::new(),
            _after: Vec::new(),
            _renderers: None,
            _optional: false,
        }
    }
}

/// The parts of `book.toml` that the tool reads.
#[derive(Deserialize, Default)]
#[serde(default)]
struct BookToml {
    book: BookTable,
    preprocessor: PreprocessorTables,
}

#[derive(Deserialize)]
#[serde(default)]
struct BookTable {
    src: PathBuf,
}

impl Default for BookTable {
    fn default() -> BookTable {
        BookTable { src: "src".into() }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PreprocessorTables {
    rehearse: Settings,
}

impl Settings {
    /// Reads `book.toml` under `root`: the settings and the chapters' folder.
    ///
    /// # Errors
    /// A finding if the file cannot be read or a setting is malformed.
    pub fn read(root: &Path) -> Result<(Settings, PathBuf), Finding> {
        let file = "book.toml";
        let text = std::fs::read_to_string(root.join(file)).map_err(|error| {
            Finding::new(
                file,
                1,
                format!("cannot be read: {error}"),
                "run the command in the book's root, the folder of book.toml",
            )
        })?;
        let find = |error: &toml::de::Error, what: &str, mend: &str| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text[..start].matches('\n').count() + 1;
            Finding::new(file, line, format!("{what}: {}", error.message()), mend)
        };
        if let Err(error) = toml::from_str::<toml::Table>(&text) {
            let mend = "write it as TOML; mdBook cannot read it either";
            return Err(find(&error, "malformed", mend));
        }
        let table = toml::from_str::<BookToml>(&text).map_err(|error| {
            find(
                &error,
                "malformed setting",
                "the settings of `[preprocessor.rehearse]` are listings, link-folder, run, \
                 time-limit (whole seconds, at least 1), fences and playground",
            )
        })?;
        Ok((table.preprocessor.rehearse, table.book.src))
    }

    /// The folder for what was proved, beside the one for links, from the
    /// book's root.
    pub fn proof_folder(&self) -> PathBuf {
        let mut name = self.link_folder.file_name().unwrap_or_default().to_owned();
        name.push("-proof");
        self.link_folder.with_file_name(name)
    }

    /// The longest that one step may take.
    pub fn limit(&self) -> Duration {
        Duration::from_secs(self.time_limit.get())
    }
}
