//! Noticing that a file of the book has changed.

use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folders of a book in which every file counts; and its settings.
const FOLDERS: [&str; 3] = ["src", "listings", "theme"];
const SETTINGS: &str = "book.toml";

/// An editor writes a file in several steps; they count as one change.
const QUIET: Duration = Duration::from_millis(200);

/// Watches for as long as it lives.
pub type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Calls `changed` with a file that has changed, from the book's root, once
/// for each burst of changes.
///
/// # Errors
/// If the system cannot watch files.
pub fn start(
    root: &Path,
    mut changed: impl FnMut(&Path) + Send + 'static,
) -> notify::Result<Watcher> {
    let root = root.canonicalize().map_err(notify::Error::io)?;
    let base = root.clone();
    let handler = move |events: DebounceEventResult| match events {
        Ok(events) => {
            if let Some(path) = events.iter().find_map(|event| changed_file(&base, event)) {
                changed(&path);
            }
        }
        Err(errors) => {
            for error in errors {
                eprintln!("a change may have been missed: {error}");
            }
        }
    };
    let mut watcher = new_debouncer(QUIET, None, handler)?;
    // The folder of the settings, since an editor may replace the file itself.
    watcher.watch(&root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

/// The file of the book that an event has changed. Reading one is an event as
/// well, and building the book reads them all.
fn changed_file(root: &Path, event: &DebouncedEvent) -> Option<PathBuf> {
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    event.paths.iter().find_map(|path| relevant(root, path))
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
    use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
    use std::time::Instant;

    fn changed(path: &str, kind: EventKind) -> bool {
        let event = notify::Event::new(kind).add_path(path.into());
        let event = DebouncedEvent::new(event, Instant::now());
        changed_file(Path::new("/book"), &event).is_some()
    }

    #[test]
    fn only_the_books_own_files_count() {
        let changed = |path| changed(path, EventKind::Modify(ModifyKind::Any));
        assert!(changed("/book/src/a.md"));
        assert!(changed("/book/book.toml"));
        assert!(!changed("/book/target/debug/x"));
        assert!(!changed("/book/src"));
        assert!(!changed("/book/book/index.html"));
    }

    #[test]
    fn reading_a_file_does_not_change_it() {
        let path = "/book/src/a.md";
        assert!(!changed(
            path,
            EventKind::Access(AccessKind::Open(AccessMode::Any))
        ));
        assert!(changed(path, EventKind::Create(CreateKind::File)));
        assert!(changed(path, EventKind::Remove(RemoveKind::File)));
    }
}
