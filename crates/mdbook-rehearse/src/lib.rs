//! An mdBook preprocessor that shows whole programs and proves that they do
//! what the page says.
//!
//! A *listing* is a program, `<listings>/<chapter>/<name>.rs`, beside what it
//! prints (`<name>.console`) or what the compiler says of it
//! (`<name>.stderr`). A chapter shows it by a directive; the tests build it,
//! run it and compare. The crate's README describes the formats.
//!
//! - [`Rehearse`] is the preprocessor, for a program that drives mdBook as a
//!   library.
//! - [`harness`] runs the checks, as the main function of a test or command.
//! - [`bless`] records anew what listings print.
//! - [`Record`] records what happens in their runs, step by step.
//! - [`skeptic_chapters`] and [`skeptic_table`] serve a build script that hands
//!   the chapters to skeptic.

mod again;
mod bless;
mod cargo;
mod catalog;
mod changed;
mod check;
mod command;
mod compare;
mod crates;
mod directive;
mod excerpt;
mod expand;
mod facade;
mod figure;
mod finding;
mod fragment;
pub mod harness;
mod html;
mod lanes;
mod listing;
mod markdown;
mod memory;
mod preprocessor;
mod pressure;
mod recording;
mod refusal;
mod registered;
mod replay;
mod rustdoc;
mod script;
mod settings;
mod skeptic;
mod stage;
mod timing;
mod transcript;
mod update;

pub use bless::bless;
pub use finding::{Finding, Findings};
pub use preprocessor::{Rehearse, load_book};
pub use recording::Record;
pub use skeptic::{SkepticTest, skeptic_chapters, skeptic_table};
