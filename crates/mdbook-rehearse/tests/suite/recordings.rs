//! Recordings that do not fit, and what cannot be recorded. That runs are told
//! well, the library's own tests show.

use crate::fixture::Fixture;

#[test]
fn recordings_of_something_else_are_found() {
    Fixture::open("recordings").test("runs").is("test.txt");
}

#[test]
fn a_file_that_is_no_recording_is_found() {
    let fixture = Fixture::open("recordings");
    let file = "listings/runs/fits.run.json";
    fixture.replace(file, "\"what\": \"done\"", "\"what\": \"gone\"");
    fixture.test("").is("broken.txt");
    fixture.replace(file, "\"version\": 1", "\"version\": 2");
    fixture.test("").is("newer.txt");
}

#[test]
fn what_cannot_be_recorded_is_said() {
    let fixture = Fixture::open("recordings");
    fixture.write(
        "listings/runs/fresh.rs",
        "//! It has no transcript.\n\nfn main() {}\n",
    );
    let before = fixture.snapshot();
    for (arguments, file) in [
        (&["nonesuch"][..], "unknown.txt"),
        (&["runs/plain"], "without.txt"),
        (&["--new", "runs/plane"], "misspelled.txt"),
        (&["--new", "runs/threads"], "threads.txt"),
        (&["--new", "runs/fails"], "fails.txt"),
        (&["--new", "runs/twice"], "twice.txt"),
        (&["--new", "runs/served"], "served.txt"),
        (&["--new", "runs/fresh"], "fresh.txt"),
        (&["--new", "refused/moved_cup"], "refused.txt"),
        (&["--tell", "runs/fits"], "told.txt"),
    ] {
        fixture.record(arguments).is(file);
    }
    assert!(fixture.snapshot() == before, "a file was written");
}

#[test]
fn each_recording_is_shown_once() {
    let fixture = Fixture::open("recordings");
    let page = "src/recordings.md";
    fixture.replace(page, "{{#run runs/moved}}", "{{#run runs/fits}}");
    fixture.test("").is("shown.txt");
}
