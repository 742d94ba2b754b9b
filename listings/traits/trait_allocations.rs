//! What a thousand calls allocate, natively and with async-trait.

use async_trait::async_trait;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// ANCHOR: calls
trait Native {
    async fn fetch(&self) -> u32;
}

#[async_trait]
trait Boxed {
    async fn fetch(&self) -> u32;
}

struct Recorded {
    degrees: u32,
}

impl Native for Recorded {
    async fn fetch(&self) -> u32 {
        self.degrees
    }
}

#[async_trait]
impl Boxed for Recorded {
    async fn fetch(&self) -> u32 {
        self.degrees
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let recorded = Recorded { degrees: 21 };

    let before = ALLOCATIONS.load(Relaxed);
    for _ in 0..1000 {
        Native::fetch(&recorded).await;
    }
    let native = ALLOCATIONS.load(Relaxed) - before;

    let before = ALLOCATIONS.load(Relaxed);
    for _ in 0..1000 {
        Boxed::fetch(&recorded).await;
    }
    let boxed = ALLOCATIONS.load(Relaxed) - before;

    println!("native: {native}");
    println!("async-trait: {boxed}");
}
// ANCHOR_END: calls
