//! The sensor's thread calls a waker that counts.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle};
use std::time::Duration;

#[derive(Default)]
struct Slot {
    reading: Option<u32>,
    waker: Option<Waker>,
}

struct Gauge {
    polls: u32,
    slot: Arc<Mutex<Slot>>,
}

fn read_gauge() -> (Gauge, JoinHandle<()>) {
    let slot = Arc::new(Mutex::new(Slot::default()));
    let sensor = Arc::clone(&slot);
    let sensor = thread::Builder::new().name("sensor".into()).spawn(move || {
        thread::sleep(Duration::from_millis(200));
        println!("Sensor: 3 mm");
        let mut slot = sensor.lock().expect("never poisoned");
        slot.reading = Some(3);
        let waker = slot.waker.take();
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    let sensor = sensor.expect("the system has room for a thread");
    (Gauge { polls: 0, slot }, sensor)
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
        slot.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

// ANCHOR: main
#[derive(Default)]
struct Bell {
    wakes: AtomicU32,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wakes.fetch_add(1, Ordering::Relaxed);
        let thread = thread::current();
        println!("Woken by thread {}", thread.name().unwrap_or("?"));
    }
}

fn main() {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut cx = Context::from_waker(&waker);
    let (gauge, sensor) = read_gauge();
    let mut gauge = pin!(gauge);

    println!("{:?}", gauge.as_mut().poll(&mut cx));
    sensor.join().expect("the sensor does not panic");
    let wakes = bell.wakes.load(Ordering::Relaxed);
    println!("{wakes} wake, {} poll", gauge.polls);
    println!("{:?}", gauge.as_mut().poll(&mut cx));
}
// ANCHOR_END: main
