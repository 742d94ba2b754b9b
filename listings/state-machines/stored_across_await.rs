//! Three functions need an array before their `.await`, and one future stores it.

async fn save(value: u32) {
    println!("Saved {value}");
}

async fn save_first() {
    let samples = [3_u32; 4096]; // 16 KiB
    let first = samples[0];
    save(first).await;
}

async fn save_total() {
    let samples = [3_u32; 4096];
    let total = samples.iter().sum();
    save(total).await;
}

async fn save_braced() {
    let total = {
        let samples = [3_u32; 4096];
        samples.iter().sum()
    };
    save(total).await;
}

fn main() {
    println!("save_first: {} KiB", size_of_val(&save_first()) / 1024);
    println!("save_total: {} KiB", size_of_val(&save_total()) / 1024);
    println!("save_braced: {} KiB", size_of_val(&save_braced()) / 1024);
}
