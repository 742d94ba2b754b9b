//! What the compiler says of a listing that must not compile: the file
//! `<listing>.stderr`.
//!
//! ```text
//! # rustc 1.95.0
//! error[E0038]: the trait `Fetcher` is not dyn compatible
//!   --> listings/traits/dyn_fetch.rs:17:23
//! ```
//!
//! The first line names the compiler that said it. That compiler must say the
//! same again, to the letter; from another one the errors' first lines are
//! asked for, since the drawing around them changes between releases.

use crate::cargo::{Build, rustc};
use anyhow::{Context, Result};
use cargo_metadata::diagnostic::Diagnostic;
use std::path::Path;

/// A recorded compiler message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The compiler's version, such as `1.95.0`.
    pub rustc: String,
    /// The message, each diagnostic followed by an empty line.
    pub message: String,
}

impl Refusal {
    /// Reads the text of a `.stderr` file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Refusal, String> {
        let (first, message) = text.split_once('\n').unwrap_or((text, ""));
        let rustc = first
            .strip_prefix("# rustc ")
            .ok_or("its first line is not `# rustc ` and a version")?;
        let refusal = Refusal {
            rustc: rustc.to_owned(),
            message: message.to_owned(),
        };
        if refusal.errors().is_empty() {
            return Err("it holds no error".to_owned());
        }
        Ok(refusal)
    }

    /// The file's text.
    pub fn to_file(&self) -> String {
        format!("# rustc {}\n{}", self.rustc, self.message)
    }

    /// The codes of its errors, such as `E0038`; an error may have none.
    pub fn codes(&self) -> Vec<&str> {
        let code = |line: &'_ str| -> Option<(usize, usize)> {
            let start = line.strip_prefix("error[").map(|_| "error[".len())?;
            Some((start, line.find(']')?))
        };
        let mut codes: Vec<&str> = self
            .errors()
            .into_iter()
            .filter_map(|line| code(line).map(|(start, end)| &line[start..end]))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The first line of each error.
    pub fn errors(&self) -> Vec<&str> {
        let is_error = |line: &&str| line.starts_with("error[") || line.starts_with("error:");
        self.message.lines().filter(is_error).collect()
    }

    /// Whether another recording says the same. Between releases of the
    /// compiler only the errors' first lines must agree.
    pub fn agrees_with(&self, other: &Refusal) -> bool {
        if self.rustc == other.rustc {
            self.message == other.message
        } else {
            self.errors() == other.errors()
        }
    }
}

/// Compiles a program as `cargo run --example` would, without keeping what
/// comes of it.
///
/// Returns `None` if the compiler accepts it.
///
/// # Errors
/// If the compiler cannot be run, or its answer not be read.
pub fn compile(root: &Path, path: &Path, build: &Build) -> Result<Option<Refusal>> {
    let scratch = tempfile::tempdir()?;
    let output = rustc()
        .current_dir(root)
        .args([
            "--edition",
            &build.edition,
            "--crate-type",
            "bin",
            "--emit",
            "metadata",
        ])
        // Wide enough for a listing's lines, narrow enough for a page.
        .args(["--error-format", "json", "--diagnostic-width", "100"])
        .arg("--out-dir")
        .arg(scratch.path())
        .args(build.extern_args())
        .arg(path)
        .output()
        .context("cannot run rustc")?;
    if output.status.success() {
        return Ok(None);
    }
    let mut message = String::new();
    for line in String::from_utf8(output.stderr)?.lines() {
        let diagnostic: Diagnostic =
            serde_json::from_str(line).with_context(|| format!("rustc says: {line}"))?;
        // The count of errors at the end has no place in the program.
        if !diagnostic.spans.is_empty() {
            message += &normalized(diagnostic.rendered.as_deref().unwrap_or_default());
        }
    }
    anyhow::ensure!(!message.is_empty(), "rustc failed without naming a place");
    Ok(Some(Refusal {
        rustc: build.rustc.clone(),
        message: message.trim_end().to_owned() + "\n",
    }))
}

/// Takes out of a message what differs between machines: where the sources of
/// crates and of the standard library lie, and the names of files to which
/// the compiler writes long types.
fn normalized(rendered: &str) -> String {
    let mut text = String::new();
    for line in rendered.lines() {
        if line.contains("the full name for the type has been written to")
            || line.contains("consider using `--verbose` to print the full type name")
        {
            continue;
        }
        text += &shorten(line);
        text.push('\n');
    }
    text
}

/// `--> /home/me/.cargo/registry/src/<index>/tokio-1.54.1/src/lib.rs:1:1`
/// becomes `--> $CARGO/tokio-1.54.1/src/lib.rs:1:1`.
fn shorten(line: &str) -> String {
    let Some((head, path)) = line.split_once("--> ").or_else(|| line.split_once("::: ")) else {
        return line.to_owned();
    };
    let arrow = &line[head.len()..line.len() - path.len()];
    let after = |mark: &str| path.split_once(mark).map(|(_, rest)| rest);
    let short = if let Some(rest) = after("/registry/src/").and_then(|r| r.split_once('/')) {
        format!("$CARGO/{}", rest.1)
    } else if let Some(rest) = after("/library/") {
        format!("$RUST/{rest}")
    } else {
        path.to_owned()
    };
    format!("{head}{arrow}{short}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(rustc: &str, message: &str) -> Refusal {
        Refusal::parse(&format!("# rustc {rustc}\n{message}")).expect("a refusal")
    }

    #[test]
    fn codes_come_from_first_lines_of_errors() {
        let both = refusal(
            "1.95.0",
            "error[E0038]: a\n --> x\n\nerror: b\nerror[E0277]: c\n",
        );
        assert_eq!(both.codes(), ["E0038", "E0277"]);
        assert_eq!(both.errors().len(), 3);
        assert!(
            refusal("1.95.0", "error: future cannot be sent\n")
                .codes()
                .is_empty()
        );
    }

    #[test]
    fn the_same_compiler_must_say_the_same_to_the_letter() {
        let old = refusal("1.95.0", "error: a\n --> x:1\n");
        assert!(!old.agrees_with(&refusal("1.95.0", "error: a\n --> x:2\n")));
        assert!(old.agrees_with(&refusal("1.96.0", "error: a\n --> x:2\n")));
        assert!(!old.agrees_with(&refusal("1.96.0", "error: b\n --> x:1\n")));
    }

    #[test]
    fn paths_of_one_machine_are_left_out() {
        assert_eq!(
            shorten("   --> /home/a/.cargo/registry/src/index-1/tokio-1.54.1/src/task.rs:1:2"),
            "   --> $CARGO/tokio-1.54.1/src/task.rs:1:2"
        );
        assert_eq!(
            shorten("   ::: /rustc/59807616/library/core/src/lib.rs:3:4"),
            "   ::: $RUST/core/src/lib.rs:3:4"
        );
        assert_eq!(
            shorten("  --> listings/a/b.rs:1:1"),
            "  --> listings/a/b.rs:1:1"
        );
    }

    #[test]
    fn a_message_without_an_error_is_refused() {
        assert!(Refusal::parse("# rustc 1.95.0\nwarning: x\n").is_err());
        assert!(Refusal::parse("error: x\n").is_err());
    }
}
