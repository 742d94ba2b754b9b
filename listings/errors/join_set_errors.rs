//! All failures of a set of tasks are reported, and the exit status is 1.

use std::collections::HashMap;
use std::num::ParseFloatError;
use std::process::ExitCode;
use tokio::task::JoinSet;

async fn save(answer: &str) -> Result<f64, ParseFloatError> {
    let celsius: f64 = answer.parse()?;
    assert!(celsius > -273.15, "colder than absolute zero");
    println!("Saved {celsius} °C");
    Ok(celsius)
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut tasks = JoinSet::new();
    let mut answers = HashMap::new();
    for answer in ["21.5", "wet", "-999"] {
        let id = tasks.spawn(save(answer)).id();
        answers.insert(id, answer);
    }
    let mut failures = Vec::new();
    while let Some(result) = tasks.join_next_with_id().await {
        match result {
            Ok((_, Ok(_))) => {}
            Ok((id, Err(error))) => failures.push((id, error.to_string())),
            Err(error) => failures.push((error.id(), "panic".to_string())),
        }
    }
    for (id, failure) in &failures {
        eprintln!("{} not saved: {failure}", answers[id]);
    }
    if !failures.is_empty() {
        return ExitCode::FAILURE;
    }
    println!("All readings saved");
    ExitCode::SUCCESS
}
// ANCHOR_END: main
