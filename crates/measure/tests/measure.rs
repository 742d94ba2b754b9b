//! Programs are built, run as often as the plan says, and what they print is
//! written down.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PLAN: &str = r#"
crates = []

[[run]]
name = "counted"
example = "cups"
arguments = ["2", "3"]
times = 3

[[run]]
name = "broken"
example = "cups"
arguments = ["0"]
times = 1

[[run]]
name = "silent"
example = "silent"
arguments = ["1 2"]
times = 1

[[figure]]
kind = "table"
name = "cups"
caption = "Cups."
of = ""
columns = ["cups"]
rows = [{ title = "two", cells = [{ run = "counted", argument = "2", label = "cups" }] }]
"#;

const CUPS: &str = r#"
fn main() {
    let cups: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    if cups == 0 {
        std::process::exit(3);
    }
    println!("Pouring");
    println!("cups: {cups}");
    println!("water, each: {} l", 6 / cups);
}
"#;

const SILENT: &str = r#"
fn main() {
    println!("{} arguments", std::env::args().count() - 1);
}
"#;

fn book() -> TempDir {
    let book = tempfile::tempdir().expect("a folder can be made");
    let manifest = "[package]\nname = \"listings\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let lock = "version = 4\n\n[[package]]\nname = \"listings\"\nversion = \"0.1.0\"\n";
    for (file, text) in [
        ("Cargo.toml", manifest),
        ("Cargo.lock", lock),
        ("src/lib.rs", ""),
        ("examples/cups.rs", CUPS),
        ("examples/silent.rs", SILENT),
        ("measurements/plan.toml", PLAN),
    ] {
        let file = book.path().join(file);
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(file, text).expect("it can be written");
    }
    book
}

fn refusal(root: &Path, filter: &str) -> String {
    let error = measure::measure(root, filter).expect_err("it cannot be measured");
    format!("{error:#}")
}

#[test]
fn what_programs_print_is_written_down() {
    let book = book();
    // The other runs have no data yet, so nothing can be drawn.
    let error = refusal(book.path(), "counted");
    assert!(
        error.contains("measurements/data/broken.json cannot be read"),
        "{error}"
    );
    let data = fs::read_to_string(book.path().join("measurements/data/counted.json"))
        .expect("it was measured");
    let data: serde_json::Value = serde_json::from_str(&data).expect("it is JSON");
    assert_eq!(data["times"], 3);
    assert_eq!(data["rows"][1]["argument"], "3");
    let expected = serde_json::json!([
        { "label": "cups", "unit": "", "least": 3.0, "median": 3.0, "most": 3.0 },
        { "label": "water, each", "unit": "l", "least": 2.0, "median": 2.0, "most": 2.0 },
    ]);
    assert_eq!(data["rows"][1]["figures"], expected);
    let rustc = data["machine"]["rustc"]
        .as_str()
        .expect("the compiler has a version");
    assert!(rustc.starts_with("rustc 1."), "{rustc}");

    assert_eq!(
        refusal(book.path(), "broken"),
        "`cups 0` failed: exit status: 3"
    );
    assert_eq!(
        refusal(book.path(), "silent"),
        "`silent 1 2` printed no line `label: number unit`"
    );
    assert_eq!(
        refusal(book.path(), "tea"),
        "no run is named `tea`; the runs are counted, broken, silent"
    );
    assert!(!book.path().join("measurements/data/broken.json").exists());
}
