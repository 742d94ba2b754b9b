//! Whether a step took as long as its transcript says.

use std::time::Duration;

/// More than this is not put down to other programs; and this much is, where
/// the kernel does not say how long they held it up.
const HELD_UP_AT_MOST: Duration = Duration::from_secs(1);

/// Whether a step took as long as it says. A timer never fires early, so from
/// below there is little room. From above there is room for starting a
/// process, and for as long as other programs may have held it up.
pub fn judge_time(
    about: Duration,
    elapsed: Duration,
    held_up: Option<Duration>,
) -> Result<(), String> {
    let shortest = about.mul_f64(0.95);
    let held_up = held_up.map_or(HELD_UP_AT_MOST, |held_up| held_up.min(HELD_UP_AT_MOST));
    let longest = about.mul_f64(1.05) + Duration::from_millis(30) + held_up;
    let verdict = if elapsed < shortest {
        "too fast"
    } else if elapsed > longest {
        "too slow"
    } else {
        return Ok(());
    };
    let (about, elapsed) = (about.as_millis(), elapsed.as_millis());
    Err(format!(
        "it was {verdict}: about {about} ms are expected, and it took {elapsed} ms"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(elapsed: u64, held_up: Option<u64>) -> Option<String> {
        let [about, elapsed] = [200, elapsed].map(Duration::from_millis);
        judge_time(about, elapsed, held_up.map(Duration::from_millis)).err()
    }

    #[test]
    fn there_is_little_room_below_and_above() {
        assert_eq!(verdict(190, Some(0)), None);
        assert_eq!(verdict(240, Some(0)), None);
        assert_eq!(
            verdict(189, Some(0)).as_deref(),
            Some("it was too fast: about 200 ms are expected, and it took 189 ms")
        );
        assert_eq!(
            verdict(241, Some(0)).as_deref(),
            Some("it was too slow: about 200 ms are expected, and it took 241 ms")
        );
    }

    #[test]
    fn what_held_it_up_is_allowed_for_up_to_a_second() {
        assert_eq!(verdict(300, Some(60)), None);
        assert!(verdict(300, Some(59)).is_some());
        assert!(verdict(1241, Some(5000)).is_some());
        assert_eq!(verdict(1240, None), None);
    }
}
