//! An executor for one future, which sleeps until the waker is called.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::sync::oneshot;

// ANCHOR: executor
struct Bell {
    rung: AtomicBool,
    sleeper: Thread,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.sleeper.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let bell = Arc::new(Bell {
        rung: AtomicBool::new(false),
        sleeper: thread::current(),
    });
    let waker = Waker::from(Arc::clone(&bell));
    let mut cx = Context::from_waker(&waker);
    loop {
        println!("Poll");
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        while !bell.rung.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

fn main() {
    let rain = block_on(read_gauge());
    println!("Rain: {rain} mm");
}
// ANCHOR_END: executor

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
