//! The future of a `block_on`, with a waker that notes its use. Tokio notes
//! it of the wakers of tasks only.

use super::{What, lock, note, note_briefly, trace};
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// A future whose waker notes its use.
pub struct Watched<F> {
    future: Pin<Box<F>>,
    bell: Option<Arc<Bell>>,
}

impl<F: Future> Watched<F> {
    pub fn new(future: F) -> Watched<F> {
        Watched {
            future: Box::pin(future),
            bell: None,
        }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Some(task) = trace::current_task() else {
            return self.future.as_mut().poll(cx);
        };
        // The same one in each poll, so that `will_wake` holds.
        let bell = Arc::clone(self.bell.get_or_insert_with(|| {
            let real = Mutex::new(cx.waker().clone());
            Arc::new(Bell { task, real })
        }));
        lock(&bell.real).clone_from(cx.waker());
        let waker = Waker::from(Handle(bell));
        let result = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        if result.is_ready() {
            note_briefly(What::Ready { task });
        }
        result
    }
}

/// What the waker wakes.
struct Bell {
    task: u64,
    real: Mutex<Waker>,
}

struct Handle(Arc<Bell>);

impl From<Handle> for Waker {
    fn from(Handle(bell): Handle) -> Waker {
        // SAFETY: the functions of the table treat the pointer as what
        // `Arc::into_raw` gave, and own one count of it.
        unsafe { Waker::new(Arc::into_raw(bell).cast(), &TABLE) }
    }
}

static TABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// # Safety
/// The pointer is that of a waker of this table, and so is the count that the
/// caller gets.
unsafe fn bell(pointer: *const ()) -> Arc<Bell> {
    // SAFETY: see above.
    unsafe { Arc::from_raw(pointer.cast()) }
}

unsafe fn clone(pointer: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned keeps its count.
    let kept = ManuallyDrop::new(unsafe { bell(pointer) });
    note(What::Clone { task: kept.task });
    RawWaker::new(Arc::into_raw(Arc::clone(&kept)).cast(), &TABLE)
}

unsafe fn wake(pointer: *const ()) {
    // SAFETY: the waker is used up.
    let bell = unsafe { bell(pointer) };
    ring(&bell);
}

unsafe fn wake_by_ref(pointer: *const ()) {
    // SAFETY: the waker keeps its count.
    let kept = ManuallyDrop::new(unsafe { bell(pointer) });
    ring(&kept);
}

fn ring(bell: &Bell) {
    note(What::Wake { task: bell.task });
    lock(&bell.real).wake_by_ref();
}

unsafe fn drop_waker(pointer: *const ()) {
    // SAFETY: the waker is used up.
    drop(unsafe { bell(pointer) });
}
