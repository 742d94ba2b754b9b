//! A `Box<dyn Error>` cannot come out of a spawned task.

use std::error::Error;

async fn parse(answer: &str) -> Result<f64, Box<dyn Error>> {
    Ok(answer.parse()?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let handle = tokio::spawn(parse("wet"));
    let celsius = handle.await??;
    println!("{celsius} °C");
    Ok(())
}
