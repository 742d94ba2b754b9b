//! Two bakers, one await that is always ready, and one that yields.

use tokio::task::yield_now;

async fn brush_off_flour() {}

async fn make_bread(baker: &str) {
    println!("{baker} kneads");
    brush_off_flour().await;
    println!("{baker} shapes");
    yield_now().await;
    println!("{baker} bakes");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let anna = tokio::spawn(make_bread("Anna"));
    let bert = tokio::spawn(make_bread("Bert"));
    anna.await.expect("the task does not panic");
    bert.await.expect("the task does not panic");
}
