//! Every example of the post that the book grew out of has its row among the
//! corrections, with the listing that it became.

use std::fs;
use std::path::Path;

/// How many examples the post has.
const EXAMPLES: usize = 66;

#[test]
fn each_example_has_its_row() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/corrections.md");
    let page = fs::read_to_string(file).expect("the chapter can be read");
    let rows: Vec<(usize, Vec<&str>)> = (1..)
        .zip(page.lines())
        .filter(|(_, line)| line.starts_with("| e"))
        .map(|(number, line)| (number, cells(line)))
        .collect();
    let wanted: Vec<String> = (1..=EXAMPLES)
        .map(|number| format!("e{number:02}"))
        .collect();
    let found: Vec<&str> = rows.iter().map(|(_, cells)| cells[0]).collect();
    assert_eq!(
        found, wanted,
        "src/corrections.md has one row for each example, in order"
    );
    for (line, cells) in rows {
        let place = format!("src/corrections.md:{line}");
        let [_, example, listings, change] = cells[..] else {
            panic!("{place}: the row of {} has not four cells", cells[0]);
        };
        assert!(!example.is_empty(), "{place}: says nothing of the example");
        assert!(!change.is_empty(), "{place}: says nothing of what changed");
        // That the listing exists and is shown is a check of all references.
        assert!(
            listings.contains("](listing:"),
            "{place}: leads to no listing; write `[](listing:chapter/name)`"
        );
    }
}

/// The cells of a table's row.
fn cells(row: &str) -> Vec<&str> {
    row.trim()
        .trim_matches('|')
        .split(" | ")
        .map(str::trim)
        .collect()
}
