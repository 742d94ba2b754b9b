//! What is wrong with listings once they are built and run.

use crate::fixture::{Fixture, rustc};
use std::net::TcpListener;

#[test]
fn runs_that_are_not_as_recorded() {
    let fixture = Fixture::open("replays");
    let _held = TcpListener::bind("127.0.0.1:4812").expect("the port is free");
    fixture.test("").is("test.txt");
}

#[test]
fn runs_that_a_time_limit_ends() {
    Fixture::open("waits").test("").is("test.txt");
}

#[test]
fn what_the_compiler_says() {
    let fixture = Fixture::open("compiler");
    for name in ["as_recorded", "moved", "other_code", "accepted"] {
        let file = format!("listings/refused/{name}.stderr");
        fixture.replace(&file, "# rustc CURRENT", &format!("# rustc {}", rustc()));
    }
    fixture.test("").is("test.txt");
}
