//! A reading is given up half-way and then begun again.

use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn read_pressure(wire: &mut VecDeque<&str>) -> Option<String> {
    let first = wire.pop_front()?;
    sleep(Duration::from_millis(400)).await;
    let second = wire.pop_front()?;
    Some(format!("{first}{second} hPa"))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut wire = VecDeque::from(["10", "13", "10", "14"]);
    tokio::select! {
        pressure = read_pressure(&mut wire) => println!("{pressure:?}"),
        () = sleep(Duration::from_millis(100)) => println!("Not yet"),
    }
    println!("{:?}", read_pressure(&mut wire).await);
    println!("Done after {:?}", start.elapsed());
}
