//! Two bakers who await something that is always ready.

async fn brush_off_flour() {}

async fn bake(baker: &str) {
    for roll in 1..=2 {
        println!("{baker}: roll {roll}");
        brush_off_flour().await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let anna = tokio::spawn(bake("Anna"));
    let bert = tokio::spawn(bake("Bert"));
    anna.await.expect("the task does not panic");
    bert.await.expect("the task does not panic");
}
