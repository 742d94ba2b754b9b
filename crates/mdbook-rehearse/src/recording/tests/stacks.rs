//! What the functions under way say: places and branches.

use super::script::Run;
use crate::recording::format::LaneKind;
use crate::recording::raw::{Place, Stack};

#[test]
fn a_stack_says_where_in_the_listing_it_is() {
    let stack: Stack = serde_json::from_str(
        r#"[["core::fmt::write",null],
            ["<program::listing::Cup as core::ops::drop::Drop>::drop",12],
            ["program::listing::pour::{{closure}}",21],
            ["program::listing::main::{{closure}}",30],
            ["<tracing::instrument::Instrumented<T> as core::future::future::Future>::poll",null],
            ["program::listing::main",31]]"#,
    )
    .expect("it is well formed");
    let place = Place {
        line: Some(12),
        via: vec![30, 21],
    };
    assert_eq!(stack.place(40), place);
    assert_eq!(
        (stack.innermost(), stack.outermost()),
        (Some("Cup"), Some("main"))
    );
}

const JOIN: [&str; 3] = [
    "<tokio::future::maybe_done::MaybeDone<Fut> as core::future::future::Future>::poll",
    "program::listing::main::{{closure}}::{{closure}}",
    "<core::future::poll_fn::PollFn<F> as core::future::future::Future>::poll",
];
const PIN: [&str; 1] = ["<core::pin::Pin<P> as core::future::future::Future>::poll"];
const SELECT: [&str; 3] = [PIN[0], JOIN[1], JOIN[2]];
const JOIN_ALL: [&str; 2] = [
    "<futures_util::future::maybe_done::MaybeDone<Fut> as core::future::future::Future>::poll",
    "<futures_util::future::join_all::JoinAll<F> as core::future::future::Future>::poll",
];

/// The stack of a function at a line, which `main` has reached in line 20
/// through others that made their calls at this address.
fn stack(function: &str, line: u32, through: &[&str], call: u64) -> String {
    let through: String = through
        .iter()
        .map(|name| format!(r#"["{name}",null,{call}],"#))
        .collect();
    format!(
        r#"[["program::listing::{function}::{{{{closure}}}}",{line}],{through}
            ["program::listing::main::{{{{closure}}}}",20],
            ["<tracing::instrument::Instrumented<T> as core::future::future::Future>::poll",null]]"#
    )
    .replace("\n", "")
}

/// The line that runs.
fn line(stack: &str) -> u32 {
    let stack: Stack = serde_json::from_str(stack).expect("it is well formed");
    stack.place(99).line.expect("a line runs")
}

/// Two functions, each with a timer, of which the second is done first.
fn two(first: &str, second: &str) -> Run {
    let mut run = Run::new(true, &["main"]);
    run.spawn(1, "block_on", 9).enter(1);
    run.timer_within(7, line(first), 200, first)
        .timer_within(8, line(second), 100, second)
        .exit(1)
        .timer_wakes(1)
        .enter(1)
        .poll_within(8, true, second)
        .print_within("brewed", second)
        .poll_within(7, false, first)
        .exit(1);
    run
}

fn branches(run: &Run) -> Vec<String> {
    let recording = run.tell().expect("the machine was not busy");
    let lanes = recording.lanes.into_iter();
    lanes
        .filter(|lane| lane.kind == LaneKind::Branch)
        .filter_map(|lane| lane.name)
        .collect()
}

#[test]
fn functions_in_a_join_are_branches_of_their_task() {
    let run = two(&stack("boil", 3, &JOIN, 11), &stack("brew", 5, &JOIN, 12));
    let told = [
        "0: main is polled for the first time.",
        "0: boil, which main polls in line 20, polls the timer of line 3: pending, for 200 ms.",
        "0: brew, which main polls in line 20, polls the timer of line 5: pending, for 100 ms.",
        "0: main is pending. It waits for the timer of line 3 and the timer of line 5.",
        "100: The timer of line 5 fires and wakes main.",
        "100: main is polled again, woken by the timer of line 5.",
        "100: brew, which main polls in line 20, polls the timer of line 5: ready.",
        "100: brew prints “brewed” in line 5.",
        "100: boil, which main polls in line 20, polls the timer of line 3: still pending.",
        "100: main is pending. It waits for the timer of line 3.",
    ];
    assert_eq!(run.words(), told);
    let lanes = run.tell().expect("the machine was not busy").lanes;
    let of: Vec<(LaneKind, Option<usize>)> =
        lanes.iter().map(|lane| (lane.kind, lane.of)).collect();
    let (branch, timer) = (LaneKind::Branch, LaneKind::Timer);
    assert_eq!(
        of,
        [
            (LaneKind::Main, None),
            (branch, Some(0)),
            (timer, Some(1)),
            (branch, Some(0)),
            (timer, Some(3))
        ]
    );
}

#[test]
fn timers_of_branches_in_one_line_are_told_by_their_durations() {
    let run = two(&stack("boil", 3, &JOIN, 11), &stack("brew", 3, &JOIN, 12));
    let told = "0: main is pending. It waits for the 200 ms timer of line 3 and the 100 ms timer of line 3.";
    assert_eq!(run.words()[3], told);
}

#[test]
fn what_may_be_another_future_of_the_same_function_is_no_branch() {
    let twice = two(&stack("boil", 3, &JOIN, 11), &stack("boil", 5, &JOIN, 12));
    assert_eq!(branches(&twice), [""; 0]);
    let told = &twice.words()[2];
    assert_eq!(
        told,
        "0: main, in line 20, polls the timer of line 5: pending, for 100 ms."
    );
    let collected = two(
        &stack("boil", 3, &JOIN_ALL, 11),
        &stack("brew", 5, &JOIN_ALL, 11),
    );
    assert_eq!(branches(&collected), [""; 0]);
}

#[test]
fn what_is_awaited_in_turn_is_no_branch() {
    let run = two(&stack("boil", 3, &[], 0), &stack("brew", 5, &PIN, 11));
    assert_eq!(branches(&run), [""; 0]);
}

#[test]
fn a_future_that_is_kept_and_awaited_later_is_one_branch() {
    let kept = stack("boil", 3, &SELECT, 11);
    let mut run = Run::new(true, &["main"]);
    run.spawn(1, "block_on", 9).enter(1);
    run.timer_within(7, 3, 200, &kept)
        .exit(1)
        .timer_wakes(1)
        .enter(1);
    let later = stack("boil", 3, &PIN, 13).replace(",20]", ",25]");
    run.poll_within(7, true, &later)
        .print_within("boiled", &later)
        .exit(1);
    assert_eq!(branches(&run), ["boil"]);
    let told = run.words();
    assert_eq!(
        told[5..7],
        [
            "200: boil, which main polls in line 25, polls the timer of line 3: ready.",
            "200: boil prints “boiled” in line 3.",
        ]
    );
}

#[test]
fn what_a_branch_prints_while_it_is_dropped_is_its_own() {
    let (boil, brew) = (stack("boil", 3, &JOIN, 11), stack("brew", 5, &JOIN, 12));
    let mut run = two(&boil, &brew);
    // The stack of a destructor: `main` drops the futures of its `join!`.
    let drops = [
        "core::ptr::drop_in_place<program::listing::Cup>",
        "core::ptr::drop_in_place<program::listing::boil::{{closure}}>",
        "core::ptr::drop_in_place<(program::listing::boil::{{closure}},tokio::time::sleep::Sleep)>",
    ];
    let dropped = stack("Cup", 12, &drops, 13);
    run.timer_wakes(1)
        .enter(1)
        .print_within("spilled", &dropped);
    let told = run.words();
    assert_eq!(
        told.last().map(String::as_str),
        Some("200: boil, which main drops in line 20, prints “spilled” in line 12.")
    );
    assert_eq!(branches(&run), ["boil", "brew"]);
}

#[test]
fn a_branch_may_have_branches() {
    let pour = r#"[["program::listing::pour::{{closure}}",12],
        ["<tokio::time::timeout::Timeout<T> as core::future::future::Future>::poll",null,14],"#
        .replace('\n', "");
    let inner = stack("boil", 4, &JOIN, 11).replacen('[', &pour, 1);
    let run = two(&inner, &stack("brew", 5, &JOIN, 12));
    let lanes = run.tell().expect("the machine was not busy").lanes;
    let of: Vec<Option<usize>> = lanes.iter().map(|lane| lane.of).collect();
    // main, boil, pour, its timer, brew, its timer
    assert_eq!(of, [None, Some(0), Some(1), Some(2), Some(0), Some(4)]);
    let told = run.words();
    assert_eq!(
        told[1],
        "0: pour, which boil polls in line 4, polls the timer of line 12: pending, for 200 ms."
    );
    let waits = "It waits for the timer of line 12 and the timer of line 5.";
    assert!(told[3].ends_with(waits), "{told:#?}");
}
