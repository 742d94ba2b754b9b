//! A future that keeps an `Rc` across an `.await` cannot be spawned.

use std::rc::Rc;
use std::time::Duration;
use tokio::time::sleep;

async fn save(station: Rc<String>) {
    sleep(Duration::from_millis(100)).await;
    println!("Saved the readings of {station}");
}

#[tokio::main]
async fn main() {
    let station = Rc::new(String::from("Oslo"));
    let handle = tokio::spawn(save(station.clone()));
    handle.await.expect("the task does not panic");
    println!("{station} is done");
}
