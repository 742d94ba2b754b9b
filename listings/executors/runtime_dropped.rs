//! Two ways to end a runtime inside another; the second one panics.

use std::io;

use tokio::runtime::Runtime;

#[tokio::main]
async fn main() -> io::Result<()> {
    let first = Runtime::new()?;
    let second = Runtime::new()?;

    first.shutdown_background();
    println!("The first is shut down in the background");

    drop(second);
    println!("The second is dropped");
    Ok(())
}
