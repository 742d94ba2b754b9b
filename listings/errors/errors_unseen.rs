//! One task saves, one fails, one panics, and nobody awaits their handles.

use std::num::ParseFloatError;
use tokio::task::yield_now;

async fn save(answer: &str) -> Result<f64, ParseFloatError> {
    let celsius: f64 = answer.parse()?;
    assert!(celsius > -273.15, "colder than absolute zero");
    println!("Saved {celsius} °C");
    Ok(celsius)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for answer in ["21.5", "wet", "-999"] {
        tokio::spawn(save(answer));
    }
    yield_now().await; // gives the tasks their turn
    println!("All readings saved");
}
