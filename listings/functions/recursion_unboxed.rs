//! The compiler refuses an async function that awaits itself.

async fn outposts_of(station: &str) -> &'static [&'static str] {
    match station {
        "valley" => &["hill", "lake"],
        "hill" => &["hut"],
        _ => &[],
    }
}

async fn count_stations(station: &str) -> u32 {
    println!("At the {station}");
    let mut count = 1;
    for outpost in outposts_of(station).await {
        count += count_stations(outpost).await;
    }
    count
}

#[tokio::main]
async fn main() {
    let stations = count_stations("valley").await;
    println!("Stations: {stations}");
}
