//! Markdown that a program of the book writes, such as a table of
//! measurements, and that a chapter shows by `{{#fragment path/to/file.md}}`.

use crate::finding::nearest;
use std::path::{Component, Path};

/// The text of a fragment; `path` is from the book's root.
///
/// # Errors
/// What is wrong and how to mend it: the path leaves the book, or the file is
/// missing, empty or not UTF-8.
pub fn read(root: &Path, path: &str) -> Result<String, (String, String)> {
    let inside = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        let what = format!("the fragment `{path}` is not a path inside the book");
        let mend = "write the path from the folder of book.toml, with `/` between its parts";
        return Err((what, mend.to_owned()));
    }
    match std::fs::read_to_string(root.join(path)) {
        Ok(text) if text.trim().is_empty() => Err((
            format!("the fragment `{path}` is empty"),
            "run the program that writes it, or remove the directive".to_owned(),
        )),
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let neighbors = neighbors(root, path);
            let meant = nearest(path, neighbors.iter().map(String::as_str))
                .map(|meant| format!("did you mean `{meant}`? "))
                .unwrap_or_default();
            let mend = format!("{meant}run the program that writes it, or remove the directive");
            Err((format!("there is no fragment `{path}`"), mend))
        }
        Err(error) => Err((
            format!("the fragment `{path}` cannot be read: {error}"),
            "let it be a text file in UTF-8".to_owned(),
        )),
    }
}

/// The files in the folder of `path`, written like it, in order.
fn neighbors(root: &Path, path: &str) -> Vec<String> {
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let entries = std::fs::read_dir(root.join(folder));
    let mut names: Vec<String> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let file = folder.join(entry.file_name());
            file.to_string_lossy().replace('\\', "/")
        })
        .collect();
    names.sort();
    names
}
