//! Dates of HTTP's headers (RFC 9110 section 5.6.7).

use alloc::format;

use super::iso;

/// Milliseconds since the Unix epoch of `Tue, 24 Dec 2024 18:57:19 GMT`.
pub(super) fn millis(text: &str) -> Option<u64> {
    let (_, date) = text.split_once(", ")?;
    let mut parts = date.split(' ');
    let mut next = || parts.next();
    let (day, month, year, time) = (next()?, next()?, next()?, next()?);
    let is_whole = matches!(next(), Some("GMT" | "UTC")) && next().is_none();
    let month = MONTHS.iter().position(|name| *name == month).filter(|_| is_whole)? + 1;
    iso::millis(&format!("{year}-{month:02}-{day}T{time}Z"))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::millis;

    /// By V8's `Date.parse`.
    #[test]
    fn dates() {
        for (text, expected) in [
            ("Tue, 24 Dec 2024 18:57:19 GMT", Some(1_735_066_639_000)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Tue, 24 Dez 2024 18:57:19 GMT", None),
            ("Tue, 24 Dec 2024 18:57:19", None),
            ("Tue, 24 Dec 2024 18:57:19 GMT and more", None),
            ("Tue, 31 Feb 2024 18:57:19 GMT", None),
        ] {
            assert_eq!(millis(text), expected, "{text}");
        }
    }
}
