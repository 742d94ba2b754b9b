//! An async function and an enum written by hand, polled side by side.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

// ANCHOR: gauge
#[derive(Debug)]
struct Gauge {
    millimeters: u32,
    asked: bool,
}

impl Future for Gauge {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        if self.asked {
            return Poll::Ready(self.millimeters);
        }
        self.asked = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: gauge

impl Gauge {
    fn new(millimeters: u32) -> Gauge {
        Gauge {
            millimeters,
            asked: false,
        }
    }
}

// ANCHOR: function
async fn total_rainfall() -> u32 {
    let roof = Gauge::new(3).await;
    let garden = Gauge::new(4).await;
    roof + garden
}
// ANCHOR_END: function

// ANCHOR: states
#[derive(Debug)]
enum TotalRainfall {
    Start,
    AtRoof(Gauge),
    AtGarden { roof: u32, gauge: Gauge },
    Done,
}
// ANCHOR_END: states

// ANCHOR: poll
impl Future for TotalRainfall {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        loop {
            match &mut *self {
                Self::Start => *self = Self::AtRoof(Gauge::new(3)),
                Self::AtRoof(gauge) => {
                    let roof = ready!(Pin::new(gauge).poll(cx));
                    let gauge = Gauge::new(4);
                    *self = Self::AtGarden { roof, gauge };
                }
                Self::AtGarden { roof, gauge } => {
                    let garden = ready!(Pin::new(gauge).poll(cx));
                    let total = *roof + garden;
                    *self = Self::Done;
                    return Poll::Ready(total);
                }
                Self::Done => panic!("polled after completion"),
            }
        }
    }
}
// ANCHOR_END: poll

// ANCHOR: main
fn main() {
    let mut function = pin!(total_rainfall());
    let mut machine = pin!(TotalRainfall::Start);
    let mut cx = Context::from_waker(Waker::noop());

    for _ in 1..=3 {
        println!("async fn: {:?}", function.as_mut().poll(&mut cx));
        println!("by hand: {:?}", machine.as_mut().poll(&mut cx));
        println!("{machine:?}");
    }
}
// ANCHOR_END: main
