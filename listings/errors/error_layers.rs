//! Four awaited handles: a value, an error, a panic, and a cancellation.

use std::num::ParseFloatError;
use std::process::ExitCode;

async fn save(answer: &str) -> Result<f64, ParseFloatError> {
    let celsius: f64 = answer.parse()?;
    assert!(celsius > -273.15, "colder than absolute zero");
    println!("Saved {celsius} °C");
    Ok(celsius)
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let answers = ["21.5", "wet", "-999", "19.5"];
    let handles = answers.map(|answer| tokio::spawn(save(answer)));
    handles[3].abort();
    let mut saved = 0;
    for (answer, handle) in answers.into_iter().zip(handles) {
        match handle.await {
            Ok(Ok(celsius)) => {
                println!("{answer}: value {celsius}");
                saved += 1;
            }
            Ok(Err(error)) => println!("{answer}: error, {error}"),
            Err(error) if error.is_panic() => println!("{answer}: panic"),
            Err(error) => {
                assert!(error.is_cancelled());
                println!("{answer}: canceled");
            }
        }
    }
    if saved < answers.len() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
// ANCHOR_END: main
