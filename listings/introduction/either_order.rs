//! Two threads wait at the same time, then print in any order.

use std::thread::{scope, sleep};
use std::time::Duration;

fn main() {
    println!("Asking two rooms");
    scope(|threads| {
        for room in ["attic", "cellar"] {
            threads.spawn(move || {
                sleep(Duration::from_millis(100));
                println!("The {room} has answered");
            });
        }
    });
}
