//! Five sensors, read on five threads.

use std::thread;
use std::time::Duration;

fn read_sensor(number: u32) {
    thread::sleep(Duration::from_millis(100));
    println!("Sensor {number} answered");
}

fn main() {
    let mut handles = Vec::new();
    for number in 1..=5 {
        handles.push(thread::spawn(move || read_sensor(number)));
    }
    for handle in handles {
        handle.join().expect("the thread does not panic");
    }
}
