//! While the baker awaits, the alarm beeps, on the same thread.

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
    sleep(Duration::from_millis(400)).await;
    println!("Bread out of the oven");
    println!("Oven off");

    alarm.await.expect("the task does not panic");
}
