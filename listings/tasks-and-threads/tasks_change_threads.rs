//! Two tasks that start on one thread and end on two.

use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

fn thread_name() -> String {
    let name = thread::current().name().map(str::to_string);
    name.expect("both threads have names")
}

async fn read_sensor(place: &str, millis: u64) {
    println!("{place}: asked on {}", thread_name());
    sleep(Duration::from_millis(millis)).await;
    println!("{place}: answered on {}", thread_name());
}

fn main() {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("the system can start a runtime");
    let roof = runtime.spawn(read_sensor("Roof", 100));
    let cellar = runtime.spawn(read_sensor("Cellar", 300));

    // The main thread runs the tasks until the roof has answered.
    runtime.block_on(roof).expect("the task does not panic");

    // From here on a second thread does.
    thread::Builder::new()
        .name("second".to_string())
        .spawn(move || runtime.block_on(cellar))
        .expect("the system can start a thread")
        .join()
        .expect("the thread does not panic")
        .expect("the task does not panic");
}
