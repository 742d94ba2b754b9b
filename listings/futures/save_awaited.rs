//! With `.await`, the body of the function runs and the reading is saved.

#![deny(unused_must_use)]

async fn save_reading(degrees: i32) {
    println!("Saved {degrees} degrees");
}

#[tokio::main]
async fn main() {
    save_reading(21).await;
    println!("Done");
}
