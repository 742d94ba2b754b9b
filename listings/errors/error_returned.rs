//! `?` ends an async function at the first error, and `main` too.

use std::error::Error;
use std::num::ParseFloatError;

async fn look_up_sensor(room: &str) -> Result<u32, String> {
    match room {
        "attic" => Ok(17),
        _ => Err(format!("no sensor in the {room}")),
    }
}

async fn ask(sensor: u32) -> Result<f64, ParseFloatError> {
    println!("Asking sensor {sensor}");
    "21.5".parse()
}

async fn report(room: &str) -> Result<(), Box<dyn Error>> {
    let sensor = look_up_sensor(room).await?;
    let celsius = ask(sensor).await?;
    println!("{celsius} °C in the {room}");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    report("attic").await?;
    report("garage").await?;
    println!("Report complete");
    Ok(())
}
