//! With its error type written down, an async block is a scope for `?`.

#[derive(Debug)]
struct NoSensor;

async fn fetch_temperature(room: &str) -> Result<f64, NoSensor> {
    match room {
        "attic" => Ok(21.5),
        _ => Err(NoSensor),
    }
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let fahrenheit = async {
        let celsius = fetch_temperature("garage").await?;
        Ok::<_, NoSensor>(celsius * 1.8 + 32.0)
    };
    println!("{:?}", fahrenheit.await);
    println!("Report complete");
}
// ANCHOR_END: main
