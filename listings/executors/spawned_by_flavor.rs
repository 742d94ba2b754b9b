//! A task on a current-thread runtime waits for `block_on`.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

async fn report(sender: Sender<&str>, flavor: &'static str) {
    sender.send(flavor).expect("main keeps the receiver");
}

fn main() -> io::Result<()> {
    let (sender, receiver) = channel();

    let runtime = Runtime::new()?;
    runtime.spawn(report(sender.clone(), "multi_thread"));
    println!("{:?}", receiver.recv());

    let runtime = Builder::new_current_thread().enable_all().build()?;
    let task = runtime.spawn(report(sender, "current_thread"));
    println!("{:?}", receiver.recv_timeout(Duration::from_millis(200)));

    runtime.block_on(task)?;
    println!("{:?}", receiver.recv());
    Ok(())
}
