//! The reading is left half-way, kept, and resumed.

use std::collections::VecDeque;
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn read_pressure(wire: &mut VecDeque<&str>) -> Option<String> {
    let first = wire.pop_front()?;
    sleep(Duration::from_millis(400)).await;
    let second = wire.pop_front()?;
    Some(format!("{first}{second} hPa"))
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut wire = VecDeque::from(["10", "13", "10", "14"]);
    let mut reading = pin!(read_pressure(&mut wire));
    tokio::select! {
        pressure = &mut reading => println!("{pressure:?}"),
        () = sleep(Duration::from_millis(100)) => println!("Not yet"),
    }
    println!("{:?}", reading.await);
    println!("Done after {:?}", start.elapsed());
}
// ANCHOR_END: main
