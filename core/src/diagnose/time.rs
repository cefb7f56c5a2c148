//! What the timestamp shows.

mod http_date;
mod iso;

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
    let units = [(86_400_000, "days"), (3_600_000, "hours"), (60_000, "minutes"), (1_000, "seconds")];
    match units.into_iter().find(|(unit, _)| millis >= 2 * unit) {
        Some((unit, name)) => format!("{} {name}", millis / unit),
        None if millis == 1 => "1 millisecond".into(),
        None => format!("{millis} milliseconds"),
    }
}

/// The time that a text tells: milliseconds since the Unix epoch, seconds (ten digits, with or without a fraction), an ISO date, in
/// UTC if it names no zone, or a date as HTTP's headers have it.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Timestamp, diagnose::timestamp_of};
///
/// let time = Timestamp::from_unix_millis(1_735_066_639_000);
/// for text in ["1735066639000", "1735066639", "2024-12-24T18:57:19Z", "2024-12-24 19:57:19+01:00", "Tue, 24 Dec 2024 18:57:19 GMT"] {
///     assert_eq!(timestamp_of(text), Some(time));
/// }
/// assert_eq!(timestamp_of("yesterday"), None);
/// ```
pub fn timestamp_of(text: &str) -> Option<Timestamp> {
    read(text).map(|time| Timestamp::from_unix_millis(time.millis()))
}

/// A point in time in milliseconds, by how it is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Millis(u64),
    Seconds(u64),
    Date(u64),
}

impl Time {
    pub(super) fn millis(self) -> u64 {
        match self {
            Self::Millis(millis) | Self::Date(millis) | Self::Seconds(millis) => millis,
        }
    }
}

pub(super) fn read(text: &str) -> Option<Time> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = !whole.is_empty() && [whole, fraction].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
    match (is_number, whole.len()) {
        (true, DIGITS_OF_SECONDS) => format!("{whole}{fraction:0<3.3}").parse().ok().map(Time::Seconds),
        (true, _) if whole == text => whole.parse().ok().map(Time::Millis),
        _ => iso::millis(text).or_else(|| http_date::millis(text)).map(Time::Date),
    }
}

/// Those of the years 2001 to 2286.
const DIGITS_OF_SECONDS: usize = 10;
/// A smaller present is in seconds: in milliseconds, this is in 1973.
const LEAST_MILLIS: u64 = 100_000_000_000;
/// What is further ahead is in microseconds, say.
const CENTURY_MILLIS: u64 = 100 * 365 * 86_400_000;
const SAVED_MILLIS: u64 = 3_600_000;

#[cfg(test)]
mod tests {
    use super::{Time, read};

    #[test]
    fn ten_digits_are_seconds() {
        for (text, time) in [
            ("1735066639", Time::Seconds(1_735_066_639_000)),
            ("1735066639.7", Time::Seconds(1_735_066_639_700)),
            ("1735066639.761482", Time::Seconds(1_735_066_639_761)),
            (" 1735066639761\n", Time::Millis(1_735_066_639_761)),
            ("0", Time::Millis(0)),
            ("2024-12-24T18:57:19.761000+00:00", Time::Date(1_735_066_639_761)),
        ] {
            assert_eq!(read(text), Some(time), "{text}");
        }
        for text in ["", ".", "1.5", "1735066639.x", "1735066639x", "-1", "1e12", "soon", "99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
