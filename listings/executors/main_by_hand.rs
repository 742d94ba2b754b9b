//! What `#[tokio::main]` makes of an async `main`, written by hand.

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

async fn read_gauge() -> u32 {
    sleep(Duration::from_millis(100)).await;
    3
}

fn main() {
    let body = async {
        let rain = read_gauge().await;
        println!("Rain: {rain} mm");
    };

    Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("the runtime can be built")
        .block_on(body);
}
