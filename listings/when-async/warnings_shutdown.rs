//! A publisher is told to stop, and its displays read to the end.

use std::time::Duration;

use tokio::sync::broadcast::{Receiver, Sender, error::RecvError};
use tokio::task::JoinSet;
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

async fn publish(warnings: Sender<u32>, stop: CancellationToken) {
    let mut ticks = interval(Duration::from_millis(100));
    for number in 1.. {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = ticks.tick() => {}
        }
        // An error means that there is no display.
        _ = warnings.send(number);
    }
    println!("The publisher is done");
}

async fn display(name: &str, pace: u64, mut warnings: Receiver<u32>) {
    loop {
        match warnings.recv().await {
            Ok(number) => {
                sleep(Duration::from_millis(pace)).await;
                println!("{name}: warning {number}");
            }
            Err(RecvError::Lagged(missed)) => {
                println!("{name}: {missed} missed");
            }
            Err(RecvError::Closed) => break,
        }
    }
    println!("{name} is done");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let warnings = Sender::new(2);
    let mut displays = JoinSet::new();
    displays.spawn(display("Hall", 10, warnings.subscribe()));
    displays.spawn(display("Roof", 370, warnings.subscribe()));
    let stop = CancellationToken::new();
    let publisher = tokio::spawn(publish(warnings, stop.clone()));

    sleep(Duration::from_millis(350)).await;
    println!("Stopping");
    stop.cancel();
    publisher.await.expect("it does not panic");
    let deadline = Duration::from_secs(1);
    if timeout(deadline, displays.join_all()).await.is_err() {
        println!("Not all displays came to an end");
    }
}
