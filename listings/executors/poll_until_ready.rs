//! Polling in a loop until the future is ready.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

async fn read_gauge() -> u32 {
    let (sender, receiver) = oneshot::channel();
    let measure = move || {
        thread::sleep(Duration::from_millis(200));
        sender.send(3)
    };
    let (rain, _) = tokio::join!(
        biased;
        receiver,
        async { thread::spawn(measure) },
    );
    rain.expect("the thread sends before it ends")
}

fn main() {
    let mut reading = pin!(read_gauge());
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 0;

    let rain = loop {
        polls += 1;
        if let Poll::Ready(rain) = reading.as_mut().poll(&mut cx) {
            break rain;
        }
    };
    println!("Rain: {rain} mm, after {polls} polls");
}
