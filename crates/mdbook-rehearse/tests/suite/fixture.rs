//! A fixture book in a folder of its own, and what the command says of it.

use snapbox::data::{Data, DataFormat};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder for what cargo and rustdoc make; it is kept, so that a second
/// run of the tests finds everything built.
const MADE: &str = "target";

/// A copy of a book under `tests/fixtures`.
pub struct Fixture {
    name: &'static str,
    folder: PathBuf,
    /// Held by one test at a time, even where several test runs share a
    /// target folder.
    _lock: File,
}

/// What the command has said.
pub struct Said {
    fixture: &'static str,
    text: String,
}

impl Fixture {
    /// Copies a book. The copy lies at the same place each time, and files
    /// that did not change are not written, because cargo goes by both.
    pub fn open(name: &'static str) -> Fixture {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let lock = File::create(folder.with_extension("lock")).expect("it can be written");
        lock.lock().expect("the file can be locked");
        let fixture = Fixture {
            name,
            folder,
            _lock: lock,
        };
        let source = source(name);
        let files = files(&source);
        for file in files_of_book(&fixture.folder) {
            if !files.contains(&file) {
                fs::remove_file(fixture.folder.join(file)).expect("the copy can be written");
            }
        }
        // What an earlier test has proved is not remembered.
        let proved = fixture.folder.join(MADE).join("rehearse-proof");
        if proved.exists() {
            fs::remove_dir_all(proved).expect("the copy can be written");
        }
        for file in files {
            let content = fs::read(source.join(&file)).expect("the fixture can be read");
            fixture.write(file, content);
        }
        fixture
    }

    /// Writes a file of the copy: one that git or an editor would damage.
    pub fn write(&self, file: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let (path, content) = (self.folder.join(file), content.as_ref());
        if !fs::read(&path).is_ok_and(|old| old == content) {
            let parent = path.parent().expect("it lies in the copy");
            fs::create_dir_all(parent).expect("the copy can be written");
            fs::write(path, content).expect("the copy can be written");
        }
    }

    /// Replaces a part of a file of the copy.
    pub fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} holds no `{old}`");
        self.write(file, text.replace(old, new));
    }

    /// Reads a file of the copy.
    pub fn read(&self, file: impl AsRef<Path>) -> String {
        fs::read_to_string(self.folder.join(file)).expect("the copy can be read")
    }

    /// Every file of the copy with its content.
    pub fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_of_book(&self.folder)
            .into_iter()
            .map(|file| {
                let content = fs::read(self.folder.join(&file)).expect("the copy can be read");
                (file, content)
            })
            .collect()
    }

    /// The root of the copy.
    pub fn root(&self) -> &Path {
        &self.folder
    }

    /// Runs `mdbook-rehearse test`.
    pub fn test(&self, filter: &str) -> Said {
        let mut arguments = vec!["test"];
        arguments.extend((!filter.is_empty()).then_some(filter));
        let output = self.run(&arguments, "");
        let report = report(&text(&output.stdout));
        self.said(&format!("{}\n{report}", status(&output)))
    }

    /// Runs `mdbook-rehearse bless`.
    pub fn bless(&self, filter: &str) -> Said {
        let mut arguments = vec!["bless"];
        arguments.extend((!filter.is_empty()).then_some(filter));
        let output = self.run(&arguments, "");
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        self.said(&format!("{}\n\n{stdout}\n{stderr}", status(&output)))
    }

    /// Runs `mdbook-rehearse record`.
    pub fn record(&self, arguments: &[&str]) -> Said {
        let output = self.run(&[&["record"], arguments].concat(), "");
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        self.said(&format!("{}\n\n{stdout}\n{stderr}", status(&output)))
    }

    /// Runs the command in the copy.
    pub fn run(&self, arguments: &[&str], stdin: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mdbook-rehearse"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join(MADE))
            .env("CARGO_TERM_QUIET", "true")
            .env("CARGO_TERM_COLOR", "never");
        for variable in ["RUSTFLAGS", "RUSTDOCFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            command.env_remove(variable);
        }
        let mut child = command
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command can be started");
        let mut pipe = child.stdin.take().expect("it is piped");
        pipe.write_all(stdin.as_bytes()).ok();
        drop(pipe);
        child.wait_with_output().expect("the command ends")
    }

    /// What was said, without what no two runs have in common.
    pub fn said(&self, text: &str) -> Said {
        let root = self.folder.to_str().expect("the target folder is UTF-8");
        let text = text.replace(root, "[BOOK]");
        let text = hide_numbers(&text, "it took ", " ms");
        let text = hide_numbers(&text, "(os error ", ")");
        let text = text.replace(&format!("rustc {}", rustc()), "rustc [RUSTC]");
        let text = text.replace(&format!("/rust-{}/", rustc()), "/rust-[RUSTC]/");
        Said {
            fixture: self.name,
            text,
        }
    }
}

impl Said {
    /// Compares with a file in the fixture's folder `expected`.
    #[track_caller]
    pub fn is(self, file: &str) {
        let path = source(self.fixture).join("expected").join(file);
        // Raw, because findings quote `...` and `[..]`, which are to be
        // themselves here.
        let expected = Data::read_from(&path, Some(DataFormat::Text)).raw();
        snapbox::Assert::new()
            .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
            .eq(Data::text(self.text), expected);
    }
}

/// The version of the compiler.
pub fn rustc() -> String {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("--version")
        .output()
        .expect("rustc can be run");
    let said = text(&output.stdout);
    let version = said.split_whitespace().nth(1);
    version.expect("rustc names its version").to_owned()
}

pub fn status(output: &Output) -> String {
    match output.status.code() {
        Some(code) => format!("exit status {code}"),
        None => format!("{}", output.status),
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command prints UTF-8")
}

/// What a test run says, in an order that does not depend on which test ended
/// first: which tests there were and how each ended, then what the failed say.
fn report(stdout: &str) -> String {
    let mut tests = BTreeSet::new();
    let mut failures = BTreeSet::new();
    let mut summary = String::new();
    let mut lines = stdout.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some((name, outcome)) = line
            .strip_prefix("test ")
            .and_then(|test| test.split_once(" ... "))
        {
            tests.insert(format!("{}: {outcome}", name.trim_end()));
        } else if line.starts_with("---- ") {
            let mut message = String::new();
            while let Some(line) =
                lines.next_if(|line| !line.starts_with("---- ") && *line != "failures:")
            {
                message += line;
                message += "\n";
            }
            failures.insert(format!("{line}\n{}\n", message.trim_matches('\n')));
        } else if line.starts_with("listings: ") || line.starts_with("clippy is not installed") {
            summary += line;
            summary += "\n";
        }
    }
    let tests = Vec::from_iter(tests).join("\n");
    let failures = Vec::from_iter(failures).join("\n");
    format!("{tests}\n{summary}\n{failures}")
}

/// Replaces the number between two texts, wherever it is.
fn hide_numbers(text: &str, before: &str, after: &str) -> String {
    let mut pieces = text.split(before);
    let mut hidden = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = rest.len() < piece.len() && rest.starts_with(after);
        hidden += before;
        hidden += if is_number { "[NUMBER]" } else { "" };
        hidden += if is_number { rest } else { piece };
    }
    hidden
}

/// Where a fixture lies in the repository.
fn source(name: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fixtures.join(name)
}

/// The files of a book without what was made of it.
fn files_of_book(root: &Path) -> Vec<PathBuf> {
    let mut files = files(root);
    files.retain(|file| !file.ends_with("Cargo.lock"));
    files
}

/// The files under a folder, from there, in order.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("a folder can be read").path();
            let relative = path.strip_prefix(root).expect("it lies there");
            if relative == Path::new(MADE) || relative == Path::new("expected") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(relative.to_path_buf());
            }
        }
    }
    files.sort();
    files
}
