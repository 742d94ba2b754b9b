//! A sum from an async function, first called, then awaited.

async fn total_rainfall(roof: u32, garden: u32) -> u32 {
    println!("Adding");
    roof + garden
}

#[tokio::main]
async fn main() {
    let total = total_rainfall(3, 4);
    println!("Called");
    let millimeters = total.await;
    println!("{millimeters} mm");
}
