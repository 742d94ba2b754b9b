//! What a future holds while it waits, by when its buffer is made.

use std::alloc::{GlobalAlloc, Layout, System};
use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::sleep;

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

// ANCHOR: main
async fn answer() -> u8 {
    sleep(Duration::from_millis(100)).await;
    21
}

async fn array_first() -> u8 {
    let mut buffer = [0; 16_384];
    buffer[0] = answer().await;
    buffer.iter().sum()
}

async fn vec_first() -> u8 {
    let mut buffer = vec![0; 16_384];
    buffer[0] = answer().await;
    buffer.iter().sum()
}

async fn answer_first() -> u8 {
    let first = answer().await;
    let mut buffer = [0; 16_384];
    buffer[0] = first;
    buffer.iter().sum()
}

async fn print_sizes(name: &str, future: impl Future<Output = u8>) {
    let size = size_of_val(&future) / 1024;
    let before = BYTES.load(Relaxed);
    let mut future = Box::pin(future);
    assert!(futures::poll!(&mut future).is_pending());
    let held = (BYTES.load(Relaxed) - before) / 1024;
    println!("{name}: {size} KiB large, holds {held} KiB");
    future.await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    print_sizes("array_first", array_first()).await;
    print_sizes("vec_first", vec_first()).await;
    print_sizes("answer_first", answer_first()).await;
}
// ANCHOR_END: main
