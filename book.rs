//! `cargo run`: the book, built, served, tested, blessed.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use mdbook_driver::MDBook;
use mdbook_rehearse::{Record, bless, harness, load_book};
use preview::{Host, Preview};
use site::Site;
use std::path::Path;
use std::process::ExitCode;

include!(concat!(env!("OUT_DIR"), "/skeptic-table.rs"));

/// Builds, serves and tests the book.
#[derive(Parser)]
#[command(version, long_about = None)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Task {
    /// Build the book, serve it, and reload the browser on every change (the default)
    Serve(Serve),
    /// Build the book into the folder book/
    Build,
    /// Check what FILTER names, or everything
    Test {
        /// A listing, `chapter/name`, or a part of such names
        #[arg(default_value = "")]
        filter: String,
    },
    /// Record anew what the listings that FILTER names print
    Bless {
        /// A listing, `chapter/name`, or a part of such names
        #[arg(default_value = "")]
        filter: String,
    },
    /// Record anew the runs of the listings that FILTER names, of those that have a recording
    Record(Record),
    /// Run the programs that measure themselves, and draw the charts and tables of it
    Measure {
        /// A part of the names of runs in measurements/plan.toml
        #[arg(default_value = "")]
        filter: String,
        /// Draw what was measured before
        #[arg(long, conflicts_with = "filter")]
        draw: bool,
    },
}

#[derive(clap::Args, Clone, Copy)]
struct Serve {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Serve what `build` wrote, as a static host would, and do not reload
    #[arg(long)]
    built: bool,
}

fn main() -> ExitCode {
    harness::begin(TESTS);
    run(Arguments::parse()).unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match arguments.task.unwrap_or(Task::Serve(arguments.serve)) {
        Task::Serve(Serve { port, built: true }) => {
            let folder = load_book(root)?.build_dir_for("html");
            Host::start(&folder, "/", port)
                .context("build it first: cargo run -- build")?
                .until_interrupted()?
        }
        Task::Serve(Serve { port, .. }) => Preview::start(root, port, load)?.until_interrupted()?,
        Task::Build => build(root)?,
        Task::Test { filter } => return Ok(harness::all(root, &filter, Some(TESTS))),
        Task::Bless { filter } => bless(root, &filter)?,
        Task::Record(record) => record.run(root)?,
        Task::Measure { draw: true, .. } => measure::draw(root)?,
        Task::Measure { filter, .. } => measure::measure(root, &filter)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The book, with the preprocessor and the renderers in this process.
fn load(root: &Path) -> Result<MDBook> {
    let mut book = load_book(root)?;
    book.with_renderer(Site { downloads: true });
    Ok(book)
}

fn build(root: &Path) -> Result<()> {
    let book = load(root)?;
    eprintln!("Building the book");
    book.build()?;
    eprintln!("Built {}", book.build_dir_for("html").display());
    Ok(())
}
