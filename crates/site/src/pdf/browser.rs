//! The browser that prints.

use anyhow::{Context, Result, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Names of Chromium and of what is made of it.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// It takes some seconds; one that takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(180);

/// The program that the variable `CHROMIUM` names, or else the first in `PATH`
/// that has one of its names; or the reason why there is none.
pub fn find() -> Result<PathBuf, String> {
    if let Some(program) = env::var_os("CHROMIUM") {
        return match program.is_empty() {
            true => Err("the variable CHROMIUM is empty".to_owned()),
            false => Ok(program.into()),
        };
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let mut programs = NAMES
        .iter()
        .flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)));
    programs.find(|program| program.is_file()).ok_or_else(|| {
        format!(
            "it is printed by Chromium, and PATH has none ({}); the variable CHROMIUM can name one",
            NAMES.join(", ")
        )
    })
}

/// The page as a PDF with an outline and tags.
///
/// # Errors
/// If the browser cannot be run, fails, or takes too long.
pub fn print(browser: &Path, page: &Path) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let (pdf, messages) = (folder.path().join("book.pdf"), folder.path().join("log"));
    let mut profile = std::ffi::OsString::from("--user-data-dir=");
    profile.push(folder.path().join("profile"));
    let mut to = std::ffi::OsString::from("--print-to-pdf=");
    to.push(&pdf);
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--disable-gpu", "--no-first-run"])
        .args(["--disable-extensions", "--disable-sync"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
        ])
        .args(["--no-pdf-header-footer", "--generate-pdf-document-outline"])
        .args([profile, to])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(&messages)?);
    if belongs_to_root(folder.path()) {
        // Chromium refuses to start its sandbox as root. It loads only a page
        // that this process wrote.
        command.arg("--no-sandbox");
    }
    command.arg(page);
    let status = run(&mut command).with_context(|| format!("cannot run {}", browser.display()))?;
    let said = fs::read_to_string(&messages).unwrap_or_default();
    let last: Vec<&str> = said.lines().rev().take(5).collect();
    let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
    match status {
        Some(status) if status.success() && pdf.is_file() => Ok(fs::read(pdf)?),
        Some(status) => bail!("{} wrote none ({status}):\n{last}", browser.display()),
        None => bail!("{} did not end in {PATIENCE:?}:\n{last}", browser.display()),
    }
}

/// Its exit status, unless it took too long.
fn run(command: &mut Command) -> Result<Option<ExitStatus>> {
    let begun = Instant::now();
    let mut child = command.spawn()?;
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

#[cfg(unix)]
fn belongs_to_root(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).is_ok_and(|metadata| metadata.uid() == 0)
}

#[cfg(not(unix))]
fn belongs_to_root(_: &Path) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// What comes of printing by a program with this text.
    fn printed_by(text: &str) -> Result<Vec<u8>> {
        let folder = tempfile::tempdir()?;
        let browser = folder.path().join("browser");
        fs::write(&browser, format!("#!/bin/sh\n{text}\n"))?;
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755))?;
        print(&browser, Path::new("/book/print.html"))
    }

    #[test]
    fn what_the_browser_writes_is_the_pdf() -> Result<()> {
        let script = "for a; do case $a in --print-to-pdf=*) out=${a#*=};; esac; last=$a; done\n\
                      echo \"$last\" > \"$out\"";
        assert_eq!(printed_by(script)?, b"/book/print.html\n");
        Ok(())
    }

    #[test]
    fn a_browser_that_fails_is_quoted() {
        let error = printed_by("echo no display >&2; exit 3").expect_err("it failed");
        let text = error.to_string();
        assert!(
            text.contains("exit status: 3") && text.ends_with("no display"),
            "{text}"
        );
    }
}
