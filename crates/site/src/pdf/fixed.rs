//! What a browser writes otherwise each time: the times, and the ids of table
//! cells, which it counts from some number. Each is replaced by as many bytes,
//! so that everything in the file stays where it is.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

const TIMES: [&[u8]; 2] = [b"/CreationDate (D:", b"/ModDate (D:"];
const ID: &[u8] = b"(node";

/// Sets the times, and counts the ids from one.
pub fn set(pdf: &mut [u8], time: SystemTime) {
    let time = humantime::format_rfc3339_seconds(time).to_string();
    let time: Vec<u8> = time.bytes().filter(u8::is_ascii_digit).collect();
    for key in TIMES {
        for at in digits_after(pdf, key) {
            if let Some(place) = pdf.get_mut(at..at + time.len()) {
                place.copy_from_slice(&time);
            }
        }
    }
    let ids: Vec<_> = digits_after(pdf, ID)
        .into_iter()
        .map(|at| at..at + digits(&pdf[at..]))
        .filter(|place| pdf.get(place.end) == Some(&b')'))
        .collect();
    // In their order, by which a reader looks them up.
    let known: BTreeSet<&[u8]> = ids.iter().map(|place| &pdf[place.clone()]).collect();
    let known: BTreeMap<Vec<u8>, usize> = known.into_iter().map(<[u8]>::to_vec).zip(1..).collect();
    for place in ids {
        let (width, count) = (place.len(), known[&pdf[place.clone()]]);
        pdf[place].copy_from_slice(format!("{count:0width$}").as_bytes());
    }
}

/// Where a digit stands after such bytes.
fn digits_after(pdf: &[u8], key: &[u8]) -> Vec<usize> {
    let windows = pdf.windows(key.len()).enumerate();
    windows
        .filter(|(_, window)| *window == key)
        .map(|(at, _)| at + key.len())
        .filter(|at| digits(&pdf[*at..]) > 0)
        .collect()
}

/// How many there are at the beginning.
fn digits(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn fixed(pdf: &str) -> String {
        let mut pdf = pdf.as_bytes().to_vec();
        set(
            &mut pdf,
            SystemTime::UNIX_EPOCH + Duration::from_secs(946_684_800),
        );
        String::from_utf8(pdf).expect("it was text")
    }

    #[test]
    fn times_are_set() {
        assert_eq!(
            fixed("<</CreationDate (D:20261121201455+00'00')\n/ModDate (D:2026"),
            "<</CreationDate (D:20000101000000+00'00')\n/ModDate (D:2026"
        );
    }

    #[test]
    fn ids_are_counted_from_one() {
        assert_eq!(
            fixed("/ID (node00003583) (node00003582) /K [(node00003583)] (node) (node12 (nod"),
            "/ID (node00000002) (node00000001) /K [(node00000002)] (node) (node12 (nod"
        );
    }
}
