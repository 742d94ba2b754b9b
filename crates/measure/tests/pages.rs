//! Pages are what the data say, and a page that is not is found.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PLAN: &str = r#"
crates = ["kettle"]

[[run]]
name = "cups"
example = "cups"
arguments = ["10", "100"]
times = 3

[[figure]]
kind = "growth"
name = "water"
caption = "Water for \"many\" cups."
across = "cups"
upward = "water"
unit = { name = "hl", holds = 100 }
series = [{ title = "tea", run = "cups", x = "cups", y = "water" }]

[[figure]]
kind = "comparison"
name = "times"
caption = "How long it takes."
of = "for"
columns = [{ title = "run time", label = "took" }]
rows = [
    { title = "a few", run = "cups", argument = "10" },
    { title = "many", run = "cups", argument = "100" },
]

[[figure]]
kind = "table"
name = "both"
caption = "All of it."
of = ""
columns = ["a few", "none"]
rows = [{ title = "water", cells = [{ run = "cups", argument = "10", label = "water" }, "–"] }]
"#;

const DATA: &str = r#"{
  "format": 1,
  "example": "cups",
  "times": 3,
  "machine": {
    "processor": "Abacus",
    "cores": 2,
    "memory_gib": 4,
    "system": "Sand 3",
    "rustc": "rustc 1.95.0",
    "crates": { "kettle": "1.2.3" }
  },
  "rows": [
    { "argument": "10", "figures": [
      { "label": "cups", "unit": "", "least": 10, "median": 10, "most": 10 },
      { "label": "water", "unit": "l", "least": 1.5, "median": 2, "most": 2.5 },
      { "label": "took", "unit": "ms", "least": 90, "median": 100, "most": 180 }
    ] },
    { "argument": "100", "figures": [
      { "label": "cups", "unit": "", "least": 100, "median": 100, "most": 100 },
      { "label": "water", "unit": "l", "least": 19, "median": 20.04, "most": 21 },
      { "label": "took", "unit": "ms", "least": 1100, "median": 1234, "most": 1300 }
    ] }
  ]
}
"#;

fn book(plan: &str, data: &str) -> TempDir {
    let book = tempfile::tempdir().expect("a folder can be made");
    write(book.path(), "measurements/plan.toml", plan);
    write(book.path(), "measurements/data/cups.json", data);
    book
}

fn write(root: &Path, file: &str, text: &str) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
    fs::write(file, text).expect("it can be written");
}

fn refusal(plan: &str, data: &str) -> String {
    let book = book(plan, data);
    let error = measure::draw(book.path()).expect_err("it does not fit");
    format!("{error:#}")
}

#[test]
fn a_page_has_a_chart_a_table_and_a_stamp() {
    let book = book(PLAN, DATA);
    measure::draw(book.path()).expect("the data fit the plan");
    let read = |page: &str| {
        fs::read_to_string(book.path().join("measurements/pages").join(page)).expect("it was drawn")
    };
    let water = read("water.md");
    assert!(water.contains("aria-label=\"Chart. Water for &quot;many&quot; cups."));
    assert!(water.contains("| cups | tea (hl) |\n|---|---:|\n| 10 | 0.02 |\n| 100 | 0.2 |\n"));
    assert!(water.contains("the median of 3 runs of `cups` (`cargo run --release"));
    assert!(water.contains("Abacus, 2 cores, 4 GiB; Sand 3; rustc 1.95.0, kettle 1.2.3."));
    let times = read("times.md");
    assert!(
        times.contains("| for | run time (ms) |\n|---|---:|\n| a few | 100 |\n| many | 1,230 |\n")
    );
    let both = read("both.md");
    assert!(both.contains("|  | a few | none |\n|---|---:|---:|\n| water | 2 l | – |\n"));
    assert!(!both.contains("<svg"));
    let stale = measure::stale(book.path()).expect("the data fit the plan");
    assert_eq!(stale, Vec::<String>::new());
}

#[test]
fn a_page_that_shows_something_else_is_found() {
    let book = book(PLAN, DATA);
    measure::draw(book.path()).expect("the data fit the plan");
    write(
        book.path(),
        "measurements/data/cups.json",
        &DATA.replace("20.04", "30"),
    );
    write(book.path(), "measurements/data/old.json", DATA);
    write(book.path(), "measurements/pages/old.md", "Old.\n");
    let found = [
        "measurements/pages/water.md: shows something else than the data",
        "measurements/data/old.json: the plan does not name it",
        "measurements/pages/old.md: the plan does not name it",
    ];
    assert_eq!(
        measure::stale(book.path()).expect("the data fit the plan"),
        found
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let other_plan = "the run `cups` was measured by another plan; measure it again: \
                      cargo run --release -- measure cups";
    assert_eq!(
        refusal(&PLAN.replace("times = 3", "times = 5"), DATA),
        other_plan
    );
    let no_label = refusal(&PLAN.replace("y = \"water\"", "y = \"milk\""), DATA);
    assert_eq!(
        no_label,
        "the figure `water` cannot be drawn: with `10` it printed no `milk`"
    );
    let units = refusal(
        PLAN,
        &DATA.replacen("\"unit\": \"l\"", "\"unit\": \"ml\"", 1),
    );
    assert_eq!(
        units,
        "the figure `water` cannot be drawn: `water` is in l and in ml"
    );
    let zero = refusal(PLAN, &DATA.replace("\"median\": 2,", "\"median\": 0,"));
    assert_eq!(
        zero,
        "the figure `water` cannot be drawn: a logarithmic axis has no place for zero"
    );
    let key = refusal(&PLAN.replace("upward", "upwards"), DATA);
    assert!(
        key.starts_with("measurements/plan.toml is malformed: "),
        "{key}"
    );
    let crates = refusal(&PLAN.replace("\"kettle\"", "\"pot\""), DATA);
    assert_eq!(crates, "the figure `water` cannot be drawn: no crate `pot`");
}
