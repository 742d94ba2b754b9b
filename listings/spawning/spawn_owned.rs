//! A task that owns a clone of the name leaves the name itself to `main`.

#[tokio::main]
async fn main() {
    let station = String::from("Oslo");
    let name = station.clone();
    let handle = tokio::spawn(async move {
        println!("Saving the readings of {name}");
    });
    handle.await.expect("the task does not panic");
    println!("{station} is done");
}
