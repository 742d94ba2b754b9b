//! The charts and tables of measurements show what was measured, and a
//! chapter shows each of them.

use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn figures_show_what_was_measured() {
    let stale = measure::stale(Path::new(ROOT)).unwrap_or_else(|error| panic!("{error:#}"));
    assert!(
        stale.is_empty(),
        "{}\nto mend it: cargo run --release -- measure --draw",
        stale.join("\n")
    );
}

#[test]
fn each_figure_is_shown() {
    let chapters: String = fs::read_dir(Path::new(ROOT).join("src"))
        .expect("the chapters can be read")
        .map(|entry| {
            let file = entry.expect("the chapters can be read").path();
            fs::read_to_string(file).expect("the chapters can be read")
        })
        .collect();
    for entry in fs::read_dir(Path::new(ROOT).join("measurements/pages")).expect("it is there") {
        let name = entry.expect("it can be read").file_name();
        let directive = format!("{{{{#fragment measurements/pages/{}}}}}", name.display());
        assert!(
            chapters.contains(&directive),
            "no chapter shows it: {directive}"
        );
    }
}
