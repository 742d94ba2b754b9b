//! A task may not borrow a variable of the function that spawns it.

#[tokio::main]
async fn main() {
    let station = String::from("Oslo");
    let handle = tokio::spawn(async {
        println!("Saving the readings of {station}");
    });
    handle.await.expect("the task does not panic");
    println!("{station} is done");
}
