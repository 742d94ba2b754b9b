//! The bytes that a task allocates, for futures of several sizes.

use std::alloc::{GlobalAlloc, Layout, System};
use std::future::{Future, ready};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::sleep;

// ANCHOR: allocator
static BYTES: AtomicUsize = AtomicUsize::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BYTES.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        BYTES.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
// ANCHOR_END: allocator

// ANCHOR: futures
async fn answer() -> u32 {
    sleep(Duration::from_millis(100)).await;
    21
}

async fn two_in_turn() -> u32 {
    answer().await + answer().await
}

async fn two_joined() -> u32 {
    let (roof, cellar) = tokio::join!(answer(), answer());
    roof + cellar
}

async fn into_buffer() -> u32 {
    let mut buffer = [0_u32; 1024];
    buffer[0] = answer().await;
    buffer.iter().sum()
}
// ANCHOR_END: futures

// ANCHOR: main
/// Prints the bytes of a future and of a task made of it, and returns them.
async fn print_sizes<F>(name: &str, future: F) -> (usize, usize)
where
    F: Future<Output = u32> + Send + 'static,
{
    let size = size_of_val(&future);
    let before = BYTES.load(Relaxed);
    let handle = tokio::spawn(future);
    let task = BYTES.load(Relaxed) - before;
    println!("{name}, future: {size} bytes");
    println!("{name}, task: {task} bytes");
    handle.await.expect("the task does not panic");
    (size, task)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sizes = [
        print_sizes("no wait", ready(21)).await,
        print_sizes("one wait", answer()).await,
        print_sizes("two in turn", two_in_turn()).await,
        print_sizes("two joined", two_joined()).await,
        print_sizes("with a buffer", into_buffer()).await,
    ];
    let [_, (one, _), (in_turn, _), (joined, _), _] = sizes;
    let under = 2 * in_turn < 3 * one;
    println!("Two in turn, under 1.5 times one: {under}");
    let twice = joined >= 2 * one;
    println!("Two joined, at least twice one: {twice}");
    let beside = sizes.map(|(future, task)| task - future);
    let over_64 = beside.iter().all(|&bytes| bytes > 64);
    println!("Beside the future, over 64 bytes: {over_64}");
    let under_256 = beside.iter().all(|&bytes| bytes < 256);
    println!("Beside the future, under 256 bytes: {under_256}");
}
// ANCHOR_END: main
