//! Small recordings, drawn and told.

use super::legend;
use super::picture;
use super::track::{State, Tracks};
use crate::recording::format::Recording;

/// A recording of these lanes and steps, as in its file.
fn recording(threads: &str, lanes: &str, steps: &str) -> Recording {
    let text = format!(
        "{{ \"version\": 1, \"source\": \"0\", \"clock\": \"real\", \"unit_ms\": 100,\n\
         \"threads\": [{threads}], \"lanes\": [{lanes}], \"steps\": [{steps}] }}"
    );
    Recording::parse(&text).expect("it is a recording")
}

/// `main` spawns a task, awaits it, and is woken by its end.
fn awaited() -> Recording {
    recording(
        r#""main", "worker 1""#,
        r#"{ "kind": "main", "line": 1, "name": "main" }, { "kind": "task", "line": 2, "by": 0 },
           { "kind": "handle", "line": 3, "of": 0 }, { "kind": "timer", "line": 9, "of": 1, "ms": 100 }"#,
        r#"{ "at": 0, "lane": 0, "thread": 0, "what": "poll" },
           { "at": 0, "lane": 1, "thread": 0, "line": 2, "what": "spawn" },
           { "at": 0, "lane": 2, "thread": 0, "line": 3, "what": "wait", "task": 1 },
           { "at": 0, "lane": 0, "thread": 0, "what": "pending" },
           { "at": 0, "lane": 1, "thread": 1, "what": "poll" },
           { "at": 0, "lane": 3, "thread": 1, "line": 9, "what": "wait" },
           { "at": 0, "lane": 1, "thread": 1, "what": "pending" },
           { "at": 100, "lane": 3, "what": "wake", "wakes": 1 },
           { "at": 100, "lane": 1, "thread": 1, "what": "poll" },
           { "at": 100, "lane": 1, "thread": 1, "line": 9, "what": "print", "text": "a < b" },
           { "at": 100, "lane": 1, "thread": 1, "what": "done" },
           { "at": 100, "lane": 1, "what": "wake", "wakes": 0 },
           { "at": 100, "lane": 0, "thread": 0, "what": "poll" },
           { "at": 100, "lane": 0, "thread": 0, "what": "done" }"#,
    )
}

#[test]
fn a_lane_is_followed_from_spawn_to_end() {
    let tracks = Tracks::of(&awaited());
    let task: Vec<(usize, usize, State)> = tracks
        .stretches
        .iter()
        .filter(|stretch| stretch.lane == 1)
        .map(|stretch| (stretch.from, stretch.to, stretch.state))
        .collect();
    assert_eq!(
        task,
        [
            (1, 4, State::Ready),
            (4, 6, State::Runs(Some(1))),
            (6, 7, State::Waits),
            (7, 8, State::Ready),
            (8, 10, State::Runs(Some(1))),
        ]
    );
    // The handle has no row: main waits for the task.
    assert!(tracks.stretches.iter().all(|stretch| stretch.lane != 2));
    let link = tracks.links[2].expect("a wait joins two lanes");
    assert_eq!((link.from, link.to), (0, 1));
}

#[test]
fn a_picture_has_a_mark_for_each_step_and_a_row_for_each_lane() {
    let svg = picture::parts(&awaited(), "Listing 1");
    for step in 1..=14 {
        assert_eq!(svg.matches(&format!("data-step=\"{step}\"")).count(), 1);
    }
    assert_eq!(svg.matches("<svg").count(), 1);
    assert!(
        svg.contains(">main</text>") && svg.contains(">task 1</text>"),
        "{svg}"
    );
    assert!(
        svg.contains(">timer, line 9</text>") && !svg.contains("handle"),
        "{svg}"
    );
    assert!(
        svg.contains(">worker 1</text>") && svg.contains("runs on-1"),
        "{svg}"
    );
    assert!(
        svg.contains(">0 ms</text>") && svg.contains(">100</text>"),
        "{svg}"
    );
    assert!(!svg.contains("style="), "{svg}");
}

#[test]
fn a_long_picture_goes_on_in_another_part() {
    let step = r#"{ "at": 0, "lane": 0, "thread": 0, "line": 2, "what": "print", "text": "x" }"#;
    let poll = r#"{ "at": 0, "lane": 0, "thread": 0, "what": "poll" }"#;
    let steps = format!("{poll}, {}", vec![step; 29].join(", "));
    let main = r#"{ "kind": "main", "line": 1, "name": "main" }"#;
    let svg = picture::parts(&recording(r#""main""#, main, &steps), "Listing 1");
    let titles: Vec<&str> = svg.split("<title>").skip(1).collect();
    assert!(titles[0].starts_with("Steps 1 to 20 of"), "{svg}");
    assert!(titles[1].starts_with("Steps 21 to 30 of"), "{svg}");
    // What lasts is drawn to the edge of the one and from the edge of the other.
    assert!(
        svg.contains("d=\"M12 44H480\"") && svg.contains("d=\"M0 44H228\""),
        "{svg}"
    );
}

#[test]
fn a_task_that_is_canceled_ends_with_all_that_it_waits_for() {
    let tracks = Tracks::of(&recording(
        r#""main""#,
        r#"{ "kind": "task", "line": 1 }, { "kind": "message", "line": 2, "of": 0 }"#,
        r#"{ "at": 0, "lane": 0, "thread": 0, "what": "poll" },
           { "at": 0, "lane": 1, "thread": 0, "line": 2, "what": "wait" },
           { "at": 0, "lane": 0, "thread": 0, "what": "pending" },
           { "at": 0, "lane": 0, "what": "drop" },
           { "at": 0, "lane": 0, "what": "drop" }"#,
    ));
    assert!(
        tracks.stretches.iter().all(|stretch| stretch.to <= 3),
        "{tracks:?}"
    );
}

/// `main` joins two functions, each with a timer.
fn joined() -> Recording {
    recording(
        r#""main""#,
        r#"{ "kind": "main", "line": 1, "name": "main" },
           { "kind": "branch", "line": 2, "of": 0, "name": "boil" }, { "kind": "timer", "line": 5, "of": 1, "ms": 200 },
           { "kind": "timeout", "line": 2, "of": 0, "ms": 900 },
           { "kind": "branch", "line": 2, "of": 0, "name": "brew" }, { "kind": "message", "line": 8, "of": 4 }"#,
        r#"{ "at": 0, "lane": 0, "thread": 0, "what": "poll" },
           { "at": 0, "lane": 2, "thread": 0, "line": 5, "via": [2], "what": "wait" },
           { "at": 0, "lane": 5, "thread": 0, "line": 8, "via": [2], "what": "wait" },
           { "at": 0, "lane": 4, "thread": 0, "line": 9, "via": [2], "what": "print", "text": "x" },
           { "at": 0, "lane": 3, "thread": 0, "line": 2, "what": "wait" },
           { "at": 0, "lane": 0, "thread": 0, "what": "pending" },
           { "at": 200, "lane": 2, "what": "wake", "wakes": 0 },
           { "at": 200, "lane": 0, "thread": 0, "what": "poll" },
           { "at": 200, "lane": 0, "thread": 0, "what": "done" }"#,
    )
}

#[test]
fn a_branch_is_polled_within_its_task() {
    let svg = picture::parts(&joined(), "Listing 1");
    let rows =
        "A row for each of: main; boil; timer, line 5; brew; message, line 8; timeout, line 2.";
    assert!(svg.contains(rows), "{svg}");
    // A bar in each of its steps, and a line from its task's row to the first.
    assert_eq!(svg.matches("\"runs part on-0\"").count(), 3, "{svg}");
    assert_eq!(svg.matches("\"into on-0\"").count(), 2, "{svg}");
    assert!(
        svg.contains("d=\"M24 44V77\"") && svg.contains("d=\"M48 44V143\""),
        "{svg}"
    );
    assert!(legend::legend(&joined()).contains("a future that is part of it"));
    assert!(!legend::legend(&awaited()).contains("a future that is part of it"));
}

#[test]
fn a_branch_waits_from_its_first_step_to_its_last() {
    let tracks = Tracks::of(&joined());
    let of = |lane: usize| {
        let own = tracks.stretches.iter().filter(move |it| it.lane == lane);
        Vec::from_iter(own.map(|it| (it.from, it.to, it.state)))
    };
    assert_eq!(of(1), [(1, 6, State::Waits)]);
    assert_eq!(of(4), [(2, 3, State::Waits)]);
    // With its task ends what it waits for.
    assert_eq!(of(5), [(2, 8, State::Awaited)]);
}
