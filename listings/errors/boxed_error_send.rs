//! A boxed error that is `Send` and `Sync` comes out of the task.

use std::error::Error;

type BoxError = Box<dyn Error + Send + Sync>;

async fn parse(answer: &str) -> Result<f64, BoxError> {
    Ok(answer.parse()?)
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let handle = tokio::spawn(parse("wet"));
    let celsius = handle.await??;
    println!("{celsius} °C");
    Ok(())
}
