//! An async function beside a function that returns an async block.

use std::any::type_name_of_val;
use std::future::Future;

async fn total_rainfall(roof: u32, garden: u32) -> u32 {
    roof + garden
}

#[expect(clippy::manual_async_fn)]
fn total_by_block(roof: u32, garden: u32) -> impl Future<Output = u32> {
    async move { roof + garden }
}

#[tokio::main]
async fn main() {
    let total = total_rainfall(3, 4);
    let by_block = total_by_block(3, 4);

    println!("{}", type_name_of_val(&total));
    println!("{}", type_name_of_val(&by_block));
    let same_size = size_of_val(&total) == size_of_val(&by_block);
    println!("Same size: {same_size}");
    println!("{} mm and {} mm", total.await, by_block.await);
}
