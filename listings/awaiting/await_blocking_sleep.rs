//! While the baker blocks the thread, the alarm is silent.

use std::time::Duration;

use tokio::time::sleep;

async fn alarm() {
    for beep in 1..=2 {
        sleep(Duration::from_millis(100)).await;
        println!("    Beep {beep}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let alarm = tokio::spawn(alarm());

    println!("Bread in the oven");
    std::thread::sleep(Duration::from_millis(400));
    println!("Bread out of the oven");
    println!("Oven off");

    alarm.await.expect("the task does not panic");
}
