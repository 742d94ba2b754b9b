//! An async block with `?` cannot tell which error type it gives.

#[derive(Debug)]
struct NoSensor;

async fn fetch_temperature(room: &str) -> Result<f64, NoSensor> {
    match room {
        "attic" => Ok(21.5),
        _ => Err(NoSensor),
    }
}

#[tokio::main]
async fn main() {
    let fahrenheit = async {
        let celsius = fetch_temperature("garage").await?;
        Ok(celsius * 1.8 + 32.0)
    };
    println!("{:?}", fahrenheit.await);
    println!("Report complete");
}
