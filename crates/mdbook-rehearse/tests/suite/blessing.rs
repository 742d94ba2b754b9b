//! Recording anew.

use crate::fixture::{Fixture, rustc};

fn open() -> Fixture {
    let fixture = Fixture::open("blessing");
    for name in ["moved", "accepted"] {
        let file = format!("listings/refused/{name}.stderr");
        fixture.replace(&file, "# rustc CURRENT", &format!("# rustc {}", rustc()));
    }
    fixture
}

#[test]
fn what_changed_is_recorded_and_shown() {
    let fixture = open();
    fixture.bless("").is("first.txt");
    let recorded = fixture.snapshot();
    for (file, content) in &recorded {
        let is_recorded = file
            .extension()
            .is_some_and(|extension| extension == "console" || extension == "stderr");
        if is_recorded {
            let name = file.strip_prefix("listings").expect("it lies there");
            let text = String::from_utf8(content.clone()).expect("it is UTF-8");
            fixture.said(&text).is(name.to_str().expect("it is UTF-8"));
        }
    }
    fixture.bless("").is("second.txt");
    assert!(
        fixture.snapshot() == recorded,
        "blessing twice wrote a file"
    );
}

#[test]
fn only_what_the_filter_names_is_recorded() {
    let fixture = open();
    let before = fixture.snapshot();
    fixture.bless("runs/drifted").is("filtered.txt");
    let after = fixture.snapshot();
    let changed: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after)
        .map(|((file, _), _)| file.display().to_string())
        .collect();
    assert_eq!(before.len(), after.len());
    assert_eq!(changed, ["listings/runs/drifted.console"]);
}
