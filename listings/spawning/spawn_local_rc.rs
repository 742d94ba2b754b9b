//! `spawn_local` takes a future that is not `Send`, on a local runtime.

use std::rc::Rc;
use std::time::Duration;
use tokio::time::sleep;

async fn save(station: Rc<String>) {
    sleep(Duration::from_millis(100)).await;
    println!("Saved the readings of {station}");
}

// ANCHOR: main
#[tokio::main(flavor = "local")]
async fn main() {
    let station = Rc::new(String::from("Oslo"));
    let handle = tokio::task::spawn_local(save(station.clone()));
    handle.await.expect("the task does not panic");
    println!("{station} is done");
}
// ANCHOR_END: main
