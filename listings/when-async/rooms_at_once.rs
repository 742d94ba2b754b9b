//! A plain function that waits for three rooms at once.

use std::io;
use std::time::Duration;

use futures::future::join_all;
use tokio::runtime::Builder;
use tokio::time::sleep;

async fn fetch(room: &str) -> usize {
    sleep(Duration::from_millis(100)).await;
    18 + room.len() % 3
}

fn fetch_all(rooms: &[&str]) -> io::Result<Vec<usize>> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let fetches = rooms.iter().map(|room| fetch(room));
    Ok(runtime.block_on(join_all(fetches)))
}

fn main() -> io::Result<()> {
    let rooms = ["attic", "cellar", "hall"];
    for (room, celsius) in rooms.iter().zip(fetch_all(&rooms)?) {
        println!("{room}: {celsius} °C");
    }
    Ok(())
}
