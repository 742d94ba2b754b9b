//! How long programs had to wait for the machine while something was timed.
//!
//! Linux counts it: "pressure stall information", the time in which some task
//! could not run for want of a processor, of memory or of a disk
//! (<https://docs.kernel.org/accounting/psi.html>); and, in a virtual machine,
//! "steal", the time in which the host gave its processors to others
//! (proc(5), `/proc/stat`).

use std::thread::available_parallelism;
use std::time::Duration;

/// A reading of the kernel's counters.
#[derive(Debug, Clone, Copy)]
pub struct Pressure {
    stalled: Option<Duration>,
    stolen: Duration,
}

impl Pressure {
    /// Reads them as they are now.
    pub fn now() -> Pressure {
        let files = ["cpu", "io", "memory"].map(|name| format!("/proc/pressure/{name}"));
        let stalled = files
            .iter()
            .map(|file| stalled(&std::fs::read_to_string(file).ok()?))
            .sum();
        let stolen = std::fs::read_to_string("/proc/stat")
            .ok()
            .and_then(|text| stolen(&text))
            .unwrap_or_default();
        Pressure { stalled, stolen }
    }

    /// By how much a program may have been held up since an earlier reading, at
    /// the most; `None` where the kernel does not tell. The kernel gives a mean
    /// over the processors, and the program may have been on the one that all
    /// of it comes from.
    pub fn since(self, earlier: Pressure) -> Option<Duration> {
        let processors = available_parallelism().map_or(1, |count| count.get());
        let mean = self.stalled?.saturating_sub(earlier.stalled?);
        let stalled = mean * u32::try_from(processors).unwrap_or(u32::MAX);
        Some(stalled + self.stolen.saturating_sub(earlier.stolen))
    }
}

/// `some avg10=0.00 avg60=0.00 avg300=0.00 total=1024970` is in microseconds.
fn stalled(text: &str) -> Option<Duration> {
    let some = text.lines().find(|line| line.starts_with("some "))?;
    let (_, total) = some.split_once("total=")?;
    Some(Duration::from_micros(total.trim().parse().ok()?))
}

/// `cpu  user nice system idle iowait irq softirq steal …`, of all processors,
/// counts ticks of a hundredth of a second (USER_HZ).
fn stolen(text: &str) -> Option<Duration> {
    let ticks = text.lines().next()?.split_whitespace().nth(8)?;
    Some(Duration::from_millis(ticks.parse::<u64>().ok()? * 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read_from_the_kernels_format() {
        let text =
            "some avg10=1.24 avg60=2.59 avg300=5.69 total=1024970\nfull avg10=0.00 total=7\n";
        assert_eq!(stalled(text), Some(Duration::from_micros(1_024_970)));
        assert_eq!(stalled(""), None);
    }

    #[test]
    fn steal_is_the_eighth_number() {
        let text = "cpu  10 20 30 40 50 60 70 8 0 0\ncpu0 1 2 3 4 5 6 7 4 0 0\n";
        assert_eq!(stolen(text), Some(Duration::from_millis(80)));
        assert_eq!(stolen(""), None);
    }
}
