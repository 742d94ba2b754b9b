//! The line at a chapter's end that says what was proved here, and with what.

use crate::html::escape;
use crate::listing::{Listing, Proof};
use crate::memory::{Memory, Record};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The line about the listings of a page; `None` if it has none. `test` is the
/// command that replays all.
pub fn line(listings: &[&Listing], memory: &Memory, test: &str) -> Option<String> {
    if listings.is_empty() {
        return None;
    }
    let (refused, run): (Vec<&Listing>, Vec<&Listing>) = listings
        .iter()
        .partition(|listing| matches!(listing.proof, Proof::Refused(_)));
    let records: Vec<Record> = listings
        .iter()
        .filter_map(|listing| memory.recall(listing))
        .collect();
    let missing = listings.len() - records.len();
    let text = if missing > 0 {
        format!("{}.", unproved(missing, listings.len(), test))
    } else {
        format!("{}.", proved(run.len(), refused.len(), &with(&records)))
    };
    Some(format!("<p class=\"proof\">{text}</p>\n"))
}

fn proved(run: usize, refused: usize, with: &str) -> String {
    let subject = match (run, refused) {
        (0, 1) => {
            return format!("With {with}, the compiler refused the listing on this page as shown");
        }
        (0, 2) => {
            return format!(
                "With {with}, the compiler refused both listings on this page as shown"
            );
        }
        (0, _) => {
            return format!(
                "With {with}, the compiler refused all {refused} listings on this page as shown"
            );
        }
        (1, 0) => "The listing".to_owned(),
        (2, 0) => "Both listings".to_owned(),
        (_, 0) => format!("All {run} listings"),
        (1, _) => "One listing".to_owned(),
        (2, _) => "Two listings".to_owned(),
        _ => format!("{run} listings"),
    };
    let rest = if run == 1 {
        "was compiled and run, and its output compared"
    } else {
        "were compiled and run, and their output compared"
    };
    let more = match refused {
        0 => String::new(),
        _ => format!("; the compiler refused {refused} more as shown"),
    };
    format!("{subject} on this page {rest}, with {with}{more}")
}

fn unproved(missing: usize, all: usize, test: &str) -> String {
    let subject = match (missing, all) {
        (_, 1) => "The listing".to_owned(),
        (2, 2) => "Both listings".to_owned(),
        (_, _) if missing == all => format!("The {all} listings"),
        _ => format!("{missing} of the {all} listings"),
    };
    let test = escape(test);
    if missing == 1 {
        format!(
            "{subject} on this page has not been replayed here since it or its crates changed: \
             <code>{test}</code> replays it"
        )
    } else {
        format!(
            "{subject} on this page have not been replayed here since they or their crates \
             changed: <code>{test}</code> replays them"
        )
    }
}

/// The compiler and the crates, those first that most listings use.
fn with(records: &[Record]) -> String {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut add = |name, version| {
        versions.entry(name).or_default().insert(version);
        *uses.entry(name).or_default() += 1;
    };
    for record in records {
        for (name, version) in &record.crates {
            add(name.as_str(), version.as_str());
        }
    }
    let mut crates: Vec<&str> = versions.keys().copied().collect();
    crates.sort_by_key(|name| Reverse(uses[name]));
    let compilers: BTreeSet<&str> = records.iter().map(|r| r.rustc.as_str()).collect();
    let compiler = std::iter::once(("rustc", &compilers));
    let crates = crates.into_iter().map(|name| (name, &versions[name]));
    let parts: Vec<String> = compiler
        .chain(crates)
        .map(|(name, versions)| {
            let versions: Vec<String> = versions.iter().map(|version| escape(version)).collect();
            format!("{} {}", escape(name), versions.join(" or "))
        })
        .collect();
    listed(&parts)
}

/// `a, b and c`
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_listings_decides_the_words() {
        assert_eq!(
            proved(1, 0, "rustc 1"),
            "The listing on this page was compiled and run, and its output compared, with rustc 1"
        );
        assert_eq!(
            proved(8, 1, "rustc 1"),
            "8 listings on this page were compiled and run, and their output compared, with \
             rustc 1; the compiler refused 1 more as shown"
        );
        assert_eq!(
            proved(0, 2, "rustc 1"),
            "With rustc 1, the compiler refused both listings on this page as shown"
        );
        assert!(unproved(1, 1, "t").starts_with("The listing on this page has not"));
        assert!(unproved(1, 3, "t").starts_with("1 of the 3 listings on this page has not"));
        assert!(unproved(3, 3, "t").starts_with("The 3 listings on this page have not"));
    }

    #[test]
    fn each_version_is_named_and_crates_by_how_much_they_are_used() {
        let record = |rustc: &str, crates: &[(&str, &str)]| -> Record {
            let crates: BTreeMap<&str, &str> = crates.iter().copied().collect();
            let text = serde_json::json!({
                "source": "", "proof": "", "rustc": rustc, "crates": crates
            });
            serde_json::from_value(text).expect("it is a record")
        };
        let records = [
            record("1.95.0", &[("futures", "0.3.31"), ("tokio", "1.54.0")]),
            record("1.96.0", &[("tokio", "1.54.0")]),
        ];
        assert_eq!(
            with(&records),
            "rustc 1.95.0 or 1.96.0, tokio 1.54.0 and futures 0.3.31"
        );
    }
}
