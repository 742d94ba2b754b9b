//! A calculation on the threads of rayon, awaited by a task.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tokio::sync::oneshot;

async fn total(samples: Vec<u32>) -> u64 {
    let (sender, receiver) = oneshot::channel();
    rayon::spawn(move || {
        let total = samples.par_iter().map(|&sample| u64::from(sample)).sum();
        _ = sender.send(total); // fails if nobody waits any more
    });
    receiver.await.expect("the calculation does not panic")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let samples = (0..1_000_000).map(|n| n % 40).collect();
    println!("{} mm in all", total(samples).await);
}
