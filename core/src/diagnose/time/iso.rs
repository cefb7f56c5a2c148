//! Dates of ISO 8601.

use alloc::format;

/// Milliseconds since the Unix epoch of `2024-12-24`, `2024-12-24T18:57:19.761Z` or `2024-12-24 19:57:19+01:00`; in UTC if no
/// zone is named.
pub(super) fn millis(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00"));
    let [year, month, day] = three(date, '-', [4, 2, 2])?;
    let (time, zone) = time.split_at(time.find(['Z', 'z', '+', '-']).unwrap_or(time.len()));
    let (time, fraction) = time.trim_end().split_once(['.', ',']).unwrap_or((time.trim_end(), "0"));
    let [hour, minute, second] =
        three(time, ':', [2, 2, 2]).or_else(|| three(&format!("{time}:00"), ':', [2, 2, 2]))?;
    let is_date = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    if !is_date || hour > 23 || minute > 59 || second > 59 || !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset_seconds(zone)?;
    let thousandths: i64 = format!("{fraction:0<3.3}").parse().ok()?;
    u64::try_from(seconds * 1_000 + thousandths).ok()
}

/// Three numbers of so many digits.
fn three(text: &str, between: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut numbers = [0; 3];
    let mut parts = text.split(between);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|it| it.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn offset_seconds(zone: &str) -> Option<i64> {
    let sign = match zone {
        "" | "Z" | "z" => return Some(0),
        _ if zone.starts_with('-') => -1,
        _ => 1,
    };
    let digits = zone.get(1..)?.replace(':', "");
    let [hours, minutes, _] = three(&format!("{}:{}:00", digits.get(..2)?, digits.get(2..)?), ':', [2, 2, 2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn days_of(year: i64, month: i64) -> i64 {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days(next_year, next_month, 1) - days(year, month, 1)
}

/// Days since 1970-01-01. Years begin in March here, so that a leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::millis;

    /// By V8's `Date.parse`; without a zone, with a Z added.
    #[test]
    fn dates() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("1972-03-01", Some(68_256_000_000)),
            ("2000-02-29T00:00Z", Some(951_782_400_000)),
            ("2024-12-24T18:57:19.761Z", Some(1_735_066_639_761)),
            ("2024-12-24 18:57:19", Some(1_735_066_639_000)),
            ("2024-12-24T19:57:19.7614+01:00", Some(1_735_066_639_761)),
            ("2024-12-24T13:57:19-0500", Some(1_735_066_639_000)),
            ("9999-12-31T23:59:59.999Z", Some(253_402_300_799_999)),
            ("2023-02-29", None),
            ("2100-02-29", None),
            ("2024-13-01", None),
            ("2024-12-24T24:00Z", None),
            ("2024-12-24T18:57:19.Z1", None),
            ("2024-12-24T18:57:19+1", None),
            ("24-12-2024", None),
            ("2024-12-24T18:57:1", None),
            ("\u{e9}024-12-24T18:57:19.761Z", None),
            ("1969-12-31", None),
            ("2024-12-24T\u{661}8:57", None),
        ] {
            assert_eq!(millis(text), expected, "{text}");
        }
    }
}
