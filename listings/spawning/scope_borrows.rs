//! A scoped thread may borrow what a task may not.

use std::thread;

fn main() {
    let station = String::from("Oslo");
    thread::scope(|scope| {
        scope.spawn(|| {
            println!("Saving the readings of {station}");
        });
    });
    println!("{station} is done");
}
