//! The dates in a PDF.

use std::time::SystemTime;

/// Puts this time in place of the browser's; it takes as many bytes.
pub fn set(pdf: &mut [u8], time: SystemTime) {
    let time = humantime::format_rfc3339_seconds(time).to_string();
    let digits: Vec<u8> = time.bytes().filter(u8::is_ascii_digit).collect();
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
        let keys = pdf.windows(key.len()).enumerate();
        let places: Vec<usize> = keys
            .filter(|(_, window)| *window == key.as_bytes())
            .map(|(at, _)| at + key.len())
            .collect();
        for at in places {
            if let Some(date) = pdf.get_mut(at..at + digits.len())
                && date.iter().all(u8::is_ascii_digit)
            {
                date.copy_from_slice(&digits);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_are_replaced() {
        let mut pdf = b"<</CreationDate (D:20261121201455+00'00')\n/ModDate (D:2026".to_vec();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(946_684_800);
        set(&mut pdf, time);
        assert_eq!(
            String::from_utf8_lossy(&pdf),
            "<</CreationDate (D:20000101000000+00'00')\n/ModDate (D:2026"
        );
    }
}
