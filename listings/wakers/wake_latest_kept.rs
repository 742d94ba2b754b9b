//! A future that keeps its latest waker is moved to another task.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::time::{sleep, timeout};

#[derive(Default)]
struct Slot {
    reading: Option<u32>,
    waker: Option<Waker>,
}

struct Gauge {
    polls: u32,
    slot: Arc<Mutex<Slot>>,
}

fn read_gauge() -> Gauge {
    let slot = Arc::new(Mutex::new(Slot::default()));
    let sensor = Arc::clone(&slot);
    tokio::spawn(async move {
        sleep(Duration::from_millis(200)).await;
        println!("Sensor: 3 mm");
        let mut slot = sensor.lock().expect("never poisoned");
        slot.reading = Some(3);
        let waker = slot.waker.take();
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    Gauge { polls: 0, slot }
}

impl Future for Gauge {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        self.polls += 1;
        let mut slot = self.slot.lock().expect("never poisoned");
        println!("Poll {}: {:?}", self.polls, slot.reading);
        if let Some(millimeters) = slot.reading {
            return Poll::Ready(millimeters);
        }
        // ANCHOR: keep
        match &mut slot.waker {
            Some(waker) => waker.clone_from(cx.waker()),
            None => slot.waker = Some(cx.waker().clone()),
        }
        // ANCHOR_END: keep
        Poll::Pending
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut gauge = read_gauge();
    let answer = timeout(Duration::from_millis(100), &mut gauge).await;
    println!("{answer:?}");

    let task = tokio::spawn(gauge);
    let answer = timeout(Duration::from_millis(200), task).await;
    println!("{answer:?}");
}
