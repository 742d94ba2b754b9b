//! One thread reads a gauge, and the other prints what arrives.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn read_gauge() -> u32 {
    thread::sleep(Duration::from_millis(100));
    3
}

fn main() {
    let (sender, readings) = mpsc::channel();
    let reader = thread::spawn(move || {
        for number in 1..=3 {
            let message = (number, read_gauge());
            sender.send(message).expect("main receives to the end");
        }
    });
    for (number, rain) in readings {
        println!("Reading {number}: {rain} mm");
    }
    reader.join().expect("it does not panic");
}
