//! Two futures that are both ready, chosen between a thousand times.

use std::future::ready;

#[tokio::main]
async fn main() {
    let (mut north, mut south) = (0, 0);
    for _ in 0..1000 {
        tokio::select! {
            () = ready(()) => north += 1,
            () = ready(()) => south += 1,
        }
    }
    let even = 400..=600;
    println!("North 400 to 600 times: {}", even.contains(&north));
    println!("South 400 to 600 times: {}", even.contains(&south));

    let (mut north, mut south) = (0, 0);
    for _ in 0..1000 {
        tokio::select! {
            biased;
            () = ready(()) => north += 1,
            () = ready(()) => south += 1,
        }
    }
    println!("Biased: North {north} times, South {south} times");
}
