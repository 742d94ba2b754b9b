//! A sum by one thread for each core, and the same by rayon.

use std::io;
use std::thread::{self, available_parallelism};

use rayon::prelude::*;

fn main() -> io::Result<()> {
    let minutes: Vec<u64> = vec![2; 525_600];
    let part = minutes.len().div_ceil(available_parallelism()?.get());

    let rain: u64 = thread::scope(|scope| {
        let threads: Vec<_> = minutes
            .chunks(part)
            .map(|part| scope.spawn(|| part.iter().sum::<u64>()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("it does not panic"))
            .sum()
    });
    println!("Threads: {rain} µm");

    let rain: u64 = minutes.par_iter().sum();
    println!("rayon: {rain} µm");
    Ok(())
}
