//! The first of two answers is taken, and the other question is dropped.

use std::time::Duration;
use tokio::time::sleep;

struct Connection(&'static str);

impl Drop for Connection {
    fn drop(&mut self) {
        println!("Connection to {} closed", self.0);
    }
}

async fn ask(station: &'static str, delay: u64) -> f64 {
    let _connection = Connection(station);
    sleep(Duration::from_millis(delay)).await;
    println!("{station} answered");
    21.5
}

#[tokio::main]
async fn main() {
    tokio::select! {
        celsius = ask("North", 500) => println!("{celsius} °C from North"),
        celsius = ask("South", 100) => println!("{celsius} °C from South"),
    }
}
