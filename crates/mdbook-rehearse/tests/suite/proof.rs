//! What pages say of what was proved.

use crate::expansions::expanded;
use crate::fixture::Fixture;

/// The lines at the ends of the chapters, after the chapters' names.
fn lines(fixture: &Fixture) -> String {
    let text = expanded(fixture, "html");
    let is_wanted =
        |line: &&str| line.starts_with("=== ") || line.starts_with("<p class=\"proof\"");
    let lines: Vec<&str> = text.lines().filter(is_wanted).collect();
    lines.join("\n") + "\n"
}

#[test]
fn pages_say_what_was_proved_and_with_what() {
    let fixture = Fixture::open("good");
    let mut said = format!("before any test\n{}", lines(&fixture));
    fixture.run(&["test"], "");
    said += &format!("\nafter all tests\n{}", lines(&fixture));
    fixture.replace("listings/tea/kettle.rs", "// What is pressed", "// What is");
    fixture.replace("listings/cups/order.console", "Done", "Ready");
    said += &format!("\na program and a transcript changed\n{}", lines(&fixture));
    fixture.run(&["test", "cups"], "");
    said += &format!("\nthe transcript is wrong\n{}", lines(&fixture));
    fixture.run(&["test", "tea/kettle"], "");
    said += &format!("\nthe program was tested\n{}", lines(&fixture));
    let version = "name = \"gauge\"\nversion = \"0.1.0\"";
    fixture.replace(
        "listings/Cargo.lock",
        version,
        &version.replace("0.1", "0.2"),
    );
    said += &format!("\na crate changed\n{}", lines(&fixture));
    fixture.replace(
        "listings/Cargo.lock",
        &version.replace("0.1", "0.2"),
        version,
    );
    fixture.said(&said).is("proof.txt");
}
