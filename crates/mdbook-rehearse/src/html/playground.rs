//! Links to the Rust Playground, for the listings that it can run.

use crate::command::Action;
use crate::crates::{Crates, words};
use crate::html::highlight::Line;
use crate::listing::{Listing, Proof};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Names of what the Playground does not have, or not as a terminal has it:
/// files, the network, Ctrl-C, typing, arguments.
const OUTSIDE: [&str; 5] = ["fs", "net", "signal", "stdin", "args"];

/// What may not stand in the value of a query as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address at which the Playground shows a listing; `None` if it could not
/// run it as the book does. `available` are the crates that it has.
pub fn address(
    listing: &Listing,
    code: &[Line],
    crates: &Crates,
    available: &[String],
) -> Option<String> {
    let used = crates.used(code);
    let words = words(code);
    let starts_programs = words.contains(&"process") && words.contains(&"Command");
    let is_possible = runs_plainly(&listing.proof)
        && used.iter().all(|package| available.contains(&package.name))
        && !words.iter().any(|word| OUTSIDE.contains(word))
        && !starts_programs;
    is_possible.then(|| {
        let code = listing.code().join("\n") + "\n";
        let code = utf8_percent_encode(&code, ESCAPED).to_string();
        // A space is a plus, as in the links of rustdoc.
        let code = code.replace(' ', "+");
        format!("https://play.rust-lang.org/?version=stable&mode=debug&edition=2024&code={code}")
    })
}

/// Whether a listing is run once, without arguments, and talks to nobody; or is
/// refused by the compiler.
fn runs_plainly(proof: &Proof) -> bool {
    match proof {
        Proof::Refused(_) => true,
        Proof::Unrecorded { .. } => false,
        Proof::Prints(transcript) => {
            let is_plain = matches!(
                transcript.steps.as_slice(),
                [step] if !step.background && matches!(
                    &step.action,
                    Action::Example { release: false, args, env, .. }
                        if args.is_empty() && env.is_empty()
                )
            );
            is_plain && transcript.ports().is_empty()
        }
    }
}
