//! The command, put to small books that are good or broken in one way each.
//!
//! A book lies in `tests/fixtures/<name>`; what is said of it, beside it in
//! `expected`. `SNAPSHOTS=overwrite cargo test` writes the expected texts anew.

mod blessing;
mod chapters;
mod expansions;
mod fixture;
mod listings;
mod proof;
mod recordings;
mod settings;
