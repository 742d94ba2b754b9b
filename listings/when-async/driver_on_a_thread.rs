//! Async code asks a thread that owns a driver which blocks.

use std::rc::Rc;
use std::time::Duration;
use std::{io, thread};

use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

/// Neither async nor `Send`.
struct Driver {
    rain: Rc<[u32]>,
}

impl Driver {
    fn open() -> Driver {
        Driver {
            rain: Rc::new([3, 4]),
        }
    }

    fn read(&self, gauge: usize) -> u32 {
        thread::sleep(Duration::from_millis(100));
        self.rain[gauge]
    }
}

// ANCHOR: thread
struct Request {
    gauge: usize,
    reply: oneshot::Sender<u32>,
}

fn run_driver(mut requests: mpsc::Receiver<Request>) {
    let driver = Driver::open();
    while let Some(request) = requests.blocking_recv() {
        let rain = driver.read(request.gauge);
        // An error means that nobody waits for the answer any more.
        _ = request.reply.send(rain);
    }
    println!("The driver is closed");
}

async fn read(requests: &mpsc::Sender<Request>, gauge: usize) -> Option<u32> {
    let (reply, answer) = oneshot::channel();
    requests.send(Request { gauge, reply }).await.ok()?;
    answer.await.ok()
}

fn main() -> io::Result<()> {
    let (requests, receiver) = mpsc::channel(8);
    let driver = thread::spawn(|| run_driver(receiver));

    Runtime::new()?.block_on(async move {
        let readings = tokio::join!(read(&requests, 0), read(&requests, 1));
        println!("{readings:?}");
    });
    driver.join().expect("it does not panic");
    Ok(())
}
// ANCHOR_END: thread
