//! What stands before the `async` block runs at the call.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

struct Logger {
    lines: AtomicU32,
}

impl Logger {
    async fn log(&self, line: &str) {
        let number = self.lines.fetch_add(1, Relaxed) + 1;
        println!("{number}: {line}");
    }

    fn log_in_order(&self, line: String) -> impl Future<Output = ()> {
        let number = self.lines.fetch_add(1, Relaxed) + 1;
        async move { println!("{number}: {line}") }
    }
}

fn main() {
    let lines = AtomicU32::new(0);
    let logger = Logger { lines };
    let rain = logger.log("Rain");
    let wind = logger.log("Wind");
    let snow = logger.log_in_order("Snow".to_string());
    let hail = logger.log_in_order("Hail".to_string());

    let runtime = tokio::runtime::Runtime::new().expect("threads can start");
    runtime.block_on(async {
        hail.await;
        snow.await;
        wind.await;
        rain.await;
    });
}
