//! Two fetches under `try_join!`, and the faster one fails.

use std::time::Duration;
use tokio::time::sleep;

struct Connection(&'static str);

impl Drop for Connection {
    fn drop(&mut self) {
        println!("{} connection closed", self.0);
    }
}

async fn fetch_temperature() -> Result<f64, &'static str> {
    let _connection = Connection("Temperature");
    sleep(Duration::from_millis(200)).await;
    println!("Temperature fetched");
    Ok(21.5)
}

async fn fetch_humidity() -> Result<f64, &'static str> {
    let _connection = Connection("Humidity");
    sleep(Duration::from_millis(100)).await;
    Err("no answer from the humidity sensor")
}

#[tokio::main]
async fn main() {
    let readings = tokio::try_join!(fetch_temperature(), fetch_humidity());
    match readings {
        Ok((celsius, percent)) => println!("{celsius} °C, {percent} %"),
        Err(error) => println!("Error: {error}"),
    }
}
