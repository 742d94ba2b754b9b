//! The command. mdBook runs it as a preprocessor; an author, to test and to
//! bless.

use anyhow::Result;
use clap::{Parser, Subcommand};
use mdbook_preprocessor::{Preprocessor, parse_input};
use mdbook_rehearse::{Record, Rehearse, bless, harness};
use std::io;
use std::process::ExitCode;

/// Shows whole programs in an mdBook, and proves that they do what the page says.
#[derive(Parser)]
#[command(version, long_about = None)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

/// Without a command it is a preprocessor: mdBook writes the book to its
/// standard input, and reads it from its standard output.
#[derive(Subcommand)]
enum Command {
    /// Say by the exit status whether a renderer is supported (all are)
    Supports { renderer: String },
    /// Build, replay and compare what FILTER names, or everything
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
}

fn main() -> ExitCode {
    harness::begin(&[]);
    run(Arguments::parse()).unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let root = std::env::current_dir()?;
    match arguments.command {
        Some(Command::Supports { .. }) => {}
        Some(Command::Test { filter }) => return Ok(harness::all(&root, &filter, None)),
        Some(Command::Bless { filter }) => bless(&root, &filter)?,
        Some(Command::Record(record)) => record.run(&root)?,
        None => preprocess()?,
    }
    Ok(ExitCode::SUCCESS)
}

fn preprocess() -> Result<()> {
    let (context, book) = parse_input(io::stdin())?;
    let book = Rehearse::default().run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}
