//! An error that `main` returns goes to stderr, and the exit status is 1.

use std::{fs, io};

fn main() -> io::Result<()> {
    println!("Reading yesterday's temperatures");
    let temperatures = fs::read_to_string("yesterday.txt")?;
    println!("{temperatures}");
    Ok(())
}
