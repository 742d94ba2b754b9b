//! A call without `.await` saves nothing, and the compiler refuses it.

#![deny(unused_must_use)]

async fn save_reading(degrees: i32) {
    println!("Saved {degrees} degrees");
}

#[tokio::main]
async fn main() {
    save_reading(21);
    println!("Done");
}
