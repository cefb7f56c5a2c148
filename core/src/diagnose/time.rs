//! What the timestamp shows.

use alloc::{format, string::String};

use super::{Cause, Evidence, Finding, head::Head};
use crate::Timestamp;

pub(super) fn findings<H: ?Sized>(head: &Head<'_>, evidence: &Evidence<'_, H>, is_proved: bool) -> Option<Finding> {
    let (header, now, tolerance) = (head.timestamp()?, evidence.now, evidence.options.tolerance_millis);
    if Timestamp::parse(header).and_then(|sent| sent.check_fresh(now, tolerance)).is_ok() {
        return None;
    }
    let now = now.unix_millis();
    let (cause, detail) = match core::str::from_utf8(header).ok().and_then(read) {
        Some(Time::Seconds(_)) => (Cause::TimestampInSeconds, String::new()),
        Some(Time::Date(_)) => (Cause::TimestampIsDate, String::new()),
        Some(Time::Millis(_)) if now < LEAST_MILLIS => (Cause::NowInSeconds, String::new()),
        Some(Time::Millis(sent)) if (1..CENTURY_MILLIS).contains(&sent.saturating_sub(now)) => {
            (Cause::SentInFuture, format!("It is {} ahead.", units(sent - now)))
        }
        Some(Time::Millis(sent)) if now.saturating_sub(sent) > tolerance.max(SAVED_MILLIS) => {
            (Cause::SavedLongAgo, format!("It is {} old.", units(now - sent)))
        }
        Some(Time::Millis(sent)) if now.saturating_sub(sent) > tolerance => {
            (Cause::SentTooLongAgo, format!("It is {} old.", units(now - sent)))
        }
        _ => (Cause::TimestampMalformed, String::new()),
    };
    Some(Finding::new(cause, is_proved, detail))
}

/// In a person's units.
fn units(millis: u64) -> String {
    let units =
        [(86_400_000, "days"), (3_600_000, "hours"), (60_000, "minutes"), (1_000, "seconds"), (1, "milliseconds")];
    let (unit, name) = units.into_iter().find(|(unit, _)| millis >= 2 * unit).unwrap_or((1, "milliseconds"));
    format!("{} {name}", millis / unit)
}

/// A point in time, as it is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Millis(u64),
    Seconds(u64),
    Date(u64),
}

impl Time {
    pub(super) fn millis(self) -> u64 {
        match self {
            Self::Millis(millis) | Self::Date(millis) => millis,
            Self::Seconds(seconds) => seconds.saturating_mul(1_000),
        }
    }
}

/// Of milliseconds, of seconds with or without a fraction, or a date as `toISOString` or Python's `isoformat` prints it.
pub(super) fn read(text: &str) -> Option<Time> {
    let text = text.trim();
    let (whole, is_fraction) =
        text.split_once('.').map_or((text, false), |(whole, rest)| (whole, digits(rest).is_some()));
    match digits(whole) {
        Some(number) if number < LEAST_MILLIS && (is_fraction || whole == text) => Some(Time::Seconds(number)),
        Some(number) if whole == text => Some(Time::Millis(number)),
        _ => date_millis(text).map(Time::Date),
    }
}

fn digits(text: &str) -> Option<u64> {
    (text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn date_millis(text: &str) -> Option<u64> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(digits);
    let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    if text.len() < 19 || !text.is_ascii() || marks.iter().any(|&(at, mark)| text.as_bytes()[at] != mark) {
        return None;
    }
    let [year, month, day] = [number(0, 4)?, number(5, 7)?, number(8, 10)?];
    let [hour, minute, second] = [number(11, 13)?, number(14, 16)?, number(17, 19)?];
    let millis = if text.as_bytes().get(19) == Some(&b'.') { number(20, 23)? } else { 0 };
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that a leap day is the last of its year.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + millis)
}

/// Smaller numbers are seconds: in milliseconds, this is in 1973.
const LEAST_MILLIS: u64 = 100_000_000_000;
/// What is further ahead is in microseconds, say.
const CENTURY_MILLIS: u64 = 100 * 365 * 86_400_000;
const SAVED_MILLIS: u64 = 3_600_000;

#[cfg(test)]
mod tests {
    use super::{Time, read};

    /// By V8's `Date.parse`.
    #[test]
    fn dates() {
        for (text, millis) in [
            ("2024-12-24T18:57:19.761Z", 1_735_066_639_761),
            ("2024-12-24T18:57:19.761000+00:00", 1_735_066_639_761),
            ("2024-12-24 18:57:19", 1_735_066_639_000),
            ("2000-02-29T00:00:00.000Z", 951_782_400_000),
            ("1970-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(read(text), Some(Time::Date(millis)));
        }
        for text in [
            "",
            "2024",
            "2024-13-01T00:00:00Z",
            "2024-12-24T18:57:1",
            "1735066639x",
            "é024-12-24T18:57:19.761Z",
            "1e12",
        ] {
            assert!(!matches!(read(text), Some(Time::Date(_) | Time::Millis(_))), "{text}");
        }
        assert_eq!(read("1735066639.761"), Some(Time::Seconds(1_735_066_639)));
    }
}
