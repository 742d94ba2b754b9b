//! The same gauge, awaited with a time limit and no task of its own.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use tokio::time::timeout;

struct Gauge {
    polls: u32,
    reading: Arc<Mutex<Option<u32>>>,
}

fn read_gauge() -> Gauge {
    let reading = Arc::new(Mutex::new(None));
    let sensor = Arc::clone(&reading);
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        println!("Sensor: 3 mm");
        *sensor.lock().expect("never poisoned") = Some(3);
    });
    Gauge { polls: 0, reading }
}

impl Future for Gauge {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<u32> {
        self.polls += 1;
        let reading = *self.reading.lock().expect("never poisoned");
        println!("Poll {}: {reading:?}", self.polls);
        match reading {
            Some(millimeters) => Poll::Ready(millimeters),
            None => Poll::Pending,
        }
    }
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let answer = timeout(Duration::from_millis(400), read_gauge()).await;
    println!("{answer:?}");
}
// ANCHOR_END: main
