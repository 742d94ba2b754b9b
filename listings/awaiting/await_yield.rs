//! Two bakers who yield after each roll.

use tokio::task::yield_now;

// ANCHOR: bake
async fn bake(baker: &str) {
    for roll in 1..=2 {
        println!("{baker}: roll {roll}");
        yield_now().await;
    }
}
// ANCHOR_END: bake

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let anna = tokio::spawn(bake("Anna"));
    let bert = tokio::spawn(bake("Bert"));
    anna.await.expect("the task does not panic");
    bert.await.expect("the task does not panic");
}
