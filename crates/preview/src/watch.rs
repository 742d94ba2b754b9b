//! Noticing that a file of the book has changed.

use notify_debouncer_mini::notify::{self, RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folders of a book in which every file counts; and its settings.
const FOLDERS: [&str; 3] = ["src", "listings", "theme"];
const SETTINGS: &str = "book.toml";

/// An editor writes a file in several steps; they count as one change.
const QUIET: Duration = Duration::from_millis(200);

/// Calls `changed` with a file that has changed, from the book's root, once
/// for each burst of changes. Watches until what it returns is dropped.
///
/// # Errors
/// If the system cannot watch files.
pub fn start(
    root: &Path,
    mut changed: impl FnMut(&Path) + Send + 'static,
) -> notify::Result<Debouncer<RecommendedWatcher>> {
    let root = root.canonicalize().map_err(notify::Error::io)?;
    let base = root.clone();
    let mut debouncer = new_debouncer(QUIET, move |events: DebounceEventResult| match events {
        Ok(events) => {
            let mut paths = events
                .into_iter()
                .filter_map(|event| relevant(&base, &event.path));
            if let Some(path) = paths.next() {
                changed(&path);
            }
        }
        Err(error) => eprintln!("a change may have been missed: {error}"),
    })?;
    let watcher = debouncer.watcher();
    // The folder of the settings, since an editor may replace the file itself.
    watcher.watch(&root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(debouncer)
}

/// The path from the book's root, if the file is one of the book's.
fn relevant(root: &Path, path: &Path) -> Option<PathBuf> {
    let path = path.strip_prefix(root).ok()?;
    let is_inside = FOLDERS
        .iter()
        .any(|folder| path.starts_with(folder) && path != Path::new(folder));
    (is_inside || path == Path::new(SETTINGS)).then(|| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_books_own_files_count() {
        let relevant = |path: &str| relevant(Path::new("/book"), Path::new(path)).is_some();
        assert!(relevant("/book/src/a.md"));
        assert!(relevant("/book/book.toml"));
        assert!(!relevant("/book/target/debug/x"));
        assert!(!relevant("/book/src"));
        assert!(!relevant("/book/book/index.html"));
    }
}
