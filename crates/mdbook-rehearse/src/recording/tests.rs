//! Stories of small logs, written by hand.

mod script;
mod stacks;

use super::clock::Late;
use super::format::{Clock, Recording, What};
use script::{Run, within};

/// The first poll of `main`, in which it sets two timers.
fn set_timers() -> Run {
    let mut run = Run::new(false, &["main"]);
    run.spawn(1, "block_on", 9)
        .enter(1)
        .timer(7, 3, 200)
        .timer(8, 5, 100)
        .exit(1);
    run
}

/// Two timers in one poll; each event of the driver is `late` milliseconds
/// late.
fn two_timers(late: f64) -> Run {
    let mut run = set_timers();
    run.at(101.0 + late)
        .timer_wakes(1)
        .enter(1)
        .poll(8, 5, true)
        .print("fast", 6);
    run.poll(7, 3, false).exit(1);
    run.at(201.0 + late)
        .timer_wakes(1)
        .enter(1)
        .poll(7, 3, true)
        .print("slow", 4)
        .finish_main(1);
    run
}

#[test]
fn two_timers_are_told_with_their_lines() {
    let told = [
        "0: main is polled for the first time.",
        "0: main polls the timer of line 3: pending, for 200 ms.",
        "0: main polls the timer of line 5: pending, for 100 ms.",
        "0: main is pending. It waits for the timer of line 3 and the timer of line 5.",
        "100: The timer of line 5 fires and wakes main.",
        "100: main is polled again, woken by the timer of line 5.",
        "100: main polls the timer of line 5: ready.",
        "100: main prints “fast” in line 6.",
        "100: main polls the timer of line 3: still pending.",
        "100: main is pending. It waits for the timer of line 3.",
        "200: The timer of line 3 fires and wakes main.",
        "200: main is polled again, woken by the timer of line 3.",
        "200: main polls the timer of line 3: ready.",
        "200: main prints “slow” in line 4.",
        "200: main is done.",
    ];
    assert_eq!(two_timers(0.0).words(), told);
}

#[test]
fn a_late_machine_tells_the_same_story() {
    let recording = two_timers(0.0).tell();
    for late in [0.3, 49.0, 51.0, 98.0] {
        assert_eq!(two_timers(late).tell(), recording);
    }
}

#[test]
fn a_poll_that_finds_what_was_due_later_is_refused() {
    let mut run = set_timers();
    run.at(250.0)
        .timer_wakes(1)
        .timer_wakes(1)
        .enter(1)
        .poll(8, 5, true)
        .poll(7, 3, true);
    run.finish_main(1);
    assert_eq!(run.tell(), Err(Late { line: 9, due: 200 }));
}

/// A task that blocks its thread beside one with a timer: for how long, how much
/// of it was waiting for a processor, and how often it lost one.
fn blocking(wall: u64, waiting: u64, preempted: u32) -> Run {
    let mut run = Run::new(false, &["main"]);
    run.spawn(1, "block_on", 9)
        .enter(1)
        .spawn(2, "task", 3)
        .spawn(3, "task", 4)
        .exit(1);
    run.enter(2).timer(7, 5, 100).exit(2).enter(3);
    run.at(wall as f64).pauses += 1;
    let place = format!(
        r#""waiting":{},"preemptions":{},"#,
        waiting * 1_000_000,
        preempted
    );
    run.print("blocked", 6).finish(3);
    let start = run.text.find(r#""what":"print""#).expect("it is printed");
    run.text.insert_str(start, &place);
    run.timer_wakes(2).enter(2).poll(7, 5, true).finish(2);
    run
}

#[test]
fn what_blocks_a_thread_holds_up_its_tasks() {
    let told = blocking(400, 0, 0).words();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!(
        told[8..14],
        [
            "0: Task 2 blocks its thread for 400 ms. Nothing else runs there meanwhile.",
            "400: Task 2 prints “blocked” in line 6.",
            "400: Task 2 is done.",
            "400: The timer of line 5, due at 100 ms, fires only now and wakes task 1.",
            "400: Task 1 is polled again, woken by the timer of line 5.",
            "400: Task 1 polls the timer of line 5: ready.",
        ]
    );
}

#[test]
fn waiting_for_a_processor_is_not_blocking() {
    assert_eq!(blocking(460, 60, 1).tell(), blocking(400, 0, 0).tell());
    assert_eq!(blocking(520, 120, 0).tell(), blocking(400, 0, 0).tell());
    // Was the thread made to wait within the call, or before it?
    assert_eq!(blocking(520, 120, 1).tell(), Err(Late { line: 4, due: 0 }));
}

/// A task on a worker thread, whose first poll may come before or after the
/// end of main's.
fn on_a_worker(worker: usize, is_early: bool) -> Run {
    let mut run = Run::new(false, &["main", "w", "w", "w"]);
    for thread in 1..=3 {
        let fields = format!(
            r#""task":{},"kind":"blocking","file":"/tokio/src/runtime/worker.rs","line":1"#,
            90 + thread
        );
        run.on(0)
            .note("spawn", &fields, "")
            .on(thread)
            .enter(90 + thread as u64);
    }
    run.on(0)
        .spawn(1, "block_on", 9)
        .enter(1)
        .spawn(2, "task", 3);
    let first = |run: &mut Run| {
        run.on(worker).enter(2).timer(7, 5, 100).exit(2).on(0);
    };
    if is_early {
        first(&mut run);
    }
    run.keeps_waker(1, "tokio::runtime::task::join::JoinHandle", 10)
        .exit(1);
    if !is_early {
        first(&mut run);
    }
    run.at(100.0)
        .on(2)
        .timer_wakes(2)
        .on(worker)
        .enter(2)
        .poll(7, 5, true)
        .finish(2);
    run.end_wakes(1).on(0).enter(1).finish_main(1);
    run
}

#[test]
fn which_worker_runs_a_task_and_when_exactly_is_not_told() {
    let recording = on_a_worker(1, false)
        .tell()
        .expect("the machine was not busy");
    assert_eq!(recording.threads, ["main", "worker 1"]);
    assert_eq!(on_a_worker(2, true).tell(), Ok(recording.clone()));
    assert_eq!(on_a_worker(3, false).tell(), Ok(recording));
}

#[test]
fn a_handle_is_told_with_its_task() {
    let told = on_a_worker(1, false).words();
    assert_eq!(
        told[2],
        "0: main awaits task 1 in line 10: pending, for it is not done."
    );
    assert_eq!(told[3], "0: main is pending. It waits for task 1.");
    assert!(
        told.contains(&"100: The end of task 1 wakes main.".to_owned()),
        "{told:#?}"
    );
}

#[test]
fn finished_canceled_and_dropped_at_the_end_are_three_things() {
    let mut run = Run::new(true, &["main"]);
    run.spawn(1, "block_on", 9).enter(1);
    run.spawn(2, "task", 3)
        .spawn(3, "task", 3)
        .spawn(4, "task", 3)
        .exit(1);
    run.enter(2)
        .finish(2)
        .enter(3)
        .timer(7, 5, 100)
        .exit(3)
        .enter(4)
        .timer(8, 6, 900)
        .exit(4);
    run.dropped(3, "cancel_task").timer_gone(7, 5);
    run.timer_wakes(1)
        .enter(1)
        .finish_main(1)
        .dropped(4, "cancel_task");
    let told = run.words();
    for sentence in [
        "0: Task 1 is done.",
        "0: Task 2 is canceled: its future is dropped.",
        "0: The runtime ends and drops task 3, which is not done.",
    ] {
        assert!(
            told.contains(&sentence.to_owned()),
            "{sentence} is not in {told:#?}"
        );
    }
}

#[test]
fn a_pending_future_without_a_waker_is_told() {
    let mut run = Run::new(true, &["main"]);
    run.spawn(1, "block_on", 9).enter(1).exit(1);
    assert_eq!(
        run.words()[1],
        "0: main is pending, but nothing has its waker: nothing will wake it."
    );
}

#[test]
fn channels_say_who_waits_for_whom() {
    let mut run = Run::new(true, &["main"]);
    run.spawn(1, "block_on", 9).enter(1).spawn(2, "task", 3);
    run.keeps_waker(1, "tokio::sync::mpsc::chan::Rx<T,S>::recv", 4)
        .exit(1);
    run.enter(2)
        .wake(1, &within("tokio::sync::mpsc::bounded::Sender<T>::send", 7));
    run.keeps_waker(2, "tokio::sync::mpsc::bounded::Sender<T>::reserve", 7)
        .exit(2);
    run.enter(1)
        .wake(2, &within("tokio::sync::mpsc::chan::Rx<T,S>::recv", 4))
        .finish_main(1);
    let told = run.words();
    assert_eq!(
        told[2..],
        [
            "0: main awaits a message in line 4: pending, for there is none.",
            "0: main is pending. It waits for a message in line 4.",
            "0: Task 1 is polled for the first time.",
            "0: Task 1 sends in line 7, which wakes main.",
            "0: Task 1 wants to send in line 7: pending, for the channel is full.",
            "0: Task 1 is pending. It waits for room in the channel in line 7.",
            "0: main is polled again, woken by task 1.",
            "0: main receives, and so makes room, in line 4, which wakes task 1.",
            "0: main is done.",
        ]
    );
}

#[test]
fn a_join_set_is_ready_only_when_a_task_is_done() {
    let mut run = Run::new(true, &["main"]);
    run.spawn(1, "block_on", 9).enter(1);
    let spawned = r#""task":2,"kind":"task","file":"bin/../listings/tea/kettle.rs","line":3"#;
    run.note(
        "spawn",
        spawned,
        &within("tokio::task::join_set::JoinSet<T>::spawn", 3),
    );
    run.keeps_waker(1, "tokio::task::join_set::JoinSet<T>::join_next", 4)
        .exit(1);
    run.enter(2).finish(2).end_wakes(1);
    run.enter(1)
        .keeps_waker(1, "tokio::task::join_set::JoinSet<T>::join_next", 4)
        .print("one", 5)
        .exit(1);
    let told = run.words();
    assert_eq!(
        told[8..],
        [
            "0: main awaits a task of the JoinSet in line 4: ready, for one is done.",
            "0: main prints “one” in line 5.",
            "0: main awaits a task of the JoinSet in line 4: pending, for none is done.",
            "0: main is pending. It waits for a task of the JoinSet in line 4.",
        ]
    );
}

#[test]
fn a_timer_of_a_loop_is_one_lane() {
    let mut run = Run::new(false, &["main"]);
    run.spawn(1, "block_on", 9)
        .enter(1)
        .timer(7, 3, 100)
        .exit(1);
    run.at(101.0)
        .timer_wakes(1)
        .enter(1)
        .poll(7, 3, true)
        .timer_gone(7, 3)
        .timer(8, 3, 100)
        .exit(1);
    run.at(203.0)
        .timer_wakes(1)
        .enter(1)
        .poll(8, 3, true)
        .finish_main(1);
    let recording = run.tell().expect("the machine was not busy");
    assert_eq!(recording.lanes.len(), 2);
    assert_eq!(recording.steps.last().map(|step| step.at), Some(200));
}

#[test]
fn the_unit_divides_the_durations_of_timers() {
    for (millis, unit) in [(200, 100), (450, 50), (30, 10), (7, 1)] {
        let mut run = Run::new(false, &["main"]);
        run.spawn(1, "block_on", 9)
            .enter(1)
            .timer(7, 3, millis)
            .exit(1);
        assert_eq!(run.tell().map(|recording| recording.unit_ms), Ok(unit));
        let mut run = Run::new(true, &["main"]);
        run.spawn(1, "block_on", 9)
            .enter(1)
            .timer(7, 3, millis)
            .exit(1);
        assert_eq!(
            run.tell().map(|it| (it.clock, it.unit_ms)),
            Ok((Clock::Virtual, 1))
        );
    }
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let recording = two_timers(0.0).tell().expect("the machine was not busy");
    assert_eq!(Recording::parse(&recording.to_file()), Ok(recording));
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let recording = two_timers(0.0).tell().expect("the machine was not busy");
    let text = recording.to_file();
    let parse = |text: String| Recording::parse(&text).expect_err("it is wrong");
    let version = text.replace("\"version\": 1", "\"version\": 7");
    assert_eq!(
        parse(version),
        (2, "a format of version 7, not 1".to_owned())
    );
    let (line, what) = parse(text.replace("\"pending\"", "\"idle\""));
    assert_eq!(line, 16);
    assert!(what.contains("unknown variant `idle`"), "{what}");
    let lane = text.replace("\"lane\": 2", "\"lane\": 9");
    assert_eq!(parse(lane), (1, "there is no lane 9".to_owned()));
    let of = text.replace("\"of\": 0", "\"of\": 2");
    let what = "lane 1 comes before the lane that it is of".to_owned();
    assert_eq!(parse(of), (1, what));
    assert_eq!(parse(text[..90].to_owned()).0, 6);
}

#[test]
fn printed_lines_are_those_of_the_run() {
    let recording = two_timers(0.0).tell().expect("the machine was not busy");
    assert_eq!(recording.printed(), ["fast", "slow"]);
    let prints = recording
        .steps
        .iter()
        .filter(|step| matches!(step.what, What::Print { .. }));
    assert_eq!(
        prints.map(|step| step.line).collect::<Vec<_>>(),
        [Some(6), Some(4)]
    );
}
