//! A closure, a future and a thread, none called, awaited or joined.

use std::sync::mpsc;
use std::thread;

fn main() {
    let (report, started) = mpsc::channel();
    let (report_1, report_2) = (report.clone(), report.clone());

    let closure = move || report_1.send("closure");
    let future = async move { report_2.send("future") };
    let thread = thread::spawn(move || report.send("thread"));

    drop((closure, future, thread));

    // Ends when every sender is gone.
    for name in started {
        println!("The {name} ran");
    }
}
