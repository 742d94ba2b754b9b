//! Each recursive call puts its future in a box.

async fn outposts_of(station: &str) -> &'static [&'static str] {
    match station {
        "valley" => &["hill", "lake"],
        "hill" => &["hut"],
        _ => &[],
    }
}

// ANCHOR: count
async fn count_stations(station: &str) -> u32 {
    println!("At the {station}");
    let mut count = 1;
    for outpost in outposts_of(station).await {
        count += Box::pin(count_stations(outpost)).await;
    }
    count
}
// ANCHOR_END: count

#[tokio::main]
async fn main() {
    let stations = count_stations("valley").await;
    println!("Stations: {stations}");
}
