//! mdBook writes the scripts, styles and fonts of its own template whether a
//! page loads them or not. Those that nothing names are removed, so that what is
//! published is what is used.

use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// Removes the hashed files that no page, style sheet or script names, until
/// all that are left are named, and the folders that are empty then.
///
/// # Errors
/// If a file cannot be read or removed.
pub fn unused(folder: &Path) -> Result<()> {
    // Of mdBook's template: the contents for its frame.
    let frame = folder.join("toc.html");
    if frame.is_file() {
        fs::remove_file(frame)?;
    }
    loop {
        let files = files(folder)?;
        let mut texts = Vec::new();
        for file in files.iter().filter(|file| is_text(file)) {
            texts.push((file, fs::read_to_string(file)?));
        }
        let is_named = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            texts
                .iter()
                .any(|(other, text)| *other != file && text.contains(&*name))
        };
        let unnamed: Vec<&PathBuf> = files
            .iter()
            .filter(|file| is_hashed(file) && !is_named(file))
            .collect();
        for file in &unnamed {
            fs::remove_file(file)?;
        }
        if unnamed.is_empty() {
            break;
        }
    }
    let fonts = folder.join("fonts");
    for license in files(&fonts).unwrap_or_default() {
        // Those of mdBook's own fonts, which are gone. The license of a theme's
        // fonts has a hash, and a style sheet names it.
        let is_text = license
            .extension()
            .is_some_and(|extension| extension == "txt");
        if is_text && !is_hashed(&license) {
            fs::remove_file(license)?;
        }
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && fs::read_dir(&path)?.next().is_none() {
            fs::remove_dir(path)?;
        }
    }
    Ok(())
}

fn is_text(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default();
    ["html", "css", "js"].iter().any(|text| extension == *text)
}

/// Whether the name has a hash of its content: `book-609e4cb8.js`.
fn is_hashed(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split_once('.').map_or(&*name, |(stem, _)| stem);
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() == 8 && hash.chars().all(|c| c.is_ascii_hexdigit()))
}

/// All files under a folder, in order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}
