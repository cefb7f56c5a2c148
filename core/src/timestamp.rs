//! Points in time, in milliseconds.

use core::fmt::{self, Write};

use arrayvec::ArrayString;

use crate::{
    error::{Excerpt, Reason},
    headers::MAX_HEADER_VALUE_BYTES,
};

/// A point in time: milliseconds since the Unix epoch (1970-01-01T00:00:00Z), the unit of the timestamp header.
///
/// # Example
///
/// ```
/// use twenty_webhook::Timestamp;
///
/// let sent = Timestamp::from_unix_millis(1_735_066_639_761);
/// assert_eq!(sent.unix_millis(), 1_735_066_639_761);
/// assert_eq!(sent.to_string(), "2024-12-24T18:57:19.761Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// Makes it from milliseconds since the Unix epoch.
    pub const fn from_unix_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn unix_millis(self) -> u64 {
        self.0
    }

    /// The system's clock. A clock set before 1970 reads as 0, which makes every delivery `timestamp_too_new`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::Timestamp;
    ///
    /// assert!(Timestamp::now() > Timestamp::from_unix_millis(1_735_066_639_761));
    /// ```
    #[cfg(all(feature = "std", not(all(target_arch = "wasm32", target_os = "unknown"))))]
    pub fn now() -> Self {
        std::time::SystemTime::now().into()
    }

    /// Reads the header's text: 1 to 16 ASCII digits and nothing else.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Reason> {
        if text.is_empty() || text.len() > MAX_DIGITS || !text.iter().all(u8::is_ascii_digit) {
            return Err(Reason::MalformedTimestamp(Excerpt::new(text, MAX_HEADER_VALUE_BYTES)));
        }
        // 16 digits stay below 2^54, so this cannot overflow.
        Ok(Self(text.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'))))
    }

    /// Judges freshness: at most `tolerance_millis` away from `now` on either side, both ends included.
    pub(crate) fn check_fresh(self, now: Self, tolerance_millis: u64) -> Result<(), Reason> {
        let (age, lead) = (now.0.saturating_sub(self.0), self.0.saturating_sub(now.0));
        if age > tolerance_millis {
            return Err(Reason::TimestampTooOld { sent_millis: self.0, age_millis: age, tolerance_millis });
        }
        if lead > tolerance_millis {
            return Err(Reason::TimestampTooNew { sent_millis: self.0, lead_millis: lead, tolerance_millis });
        }
        Ok(())
    }

    /// The header's text, if the header can carry it.
    pub(crate) fn print(self) -> Option<ArrayString<MAX_DIGITS>> {
        let mut text = ArrayString::new();
        write!(text, "{}", self.0).ok()?;
        Some(text)
    }
}

/// A time before 1970 reads as 0.
///
/// # Example
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use twenty_webhook::Timestamp;
///
/// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_735_066_639_761);
/// assert_eq!(Timestamp::from(time), Timestamp::from_unix_millis(1_735_066_639_761));
/// ```
#[cfg(feature = "std")]
impl From<std::time::SystemTime> for Timestamp {
    fn from(time: std::time::SystemTime) -> Self {
        let since_epoch = time.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Self(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
    }
}

/// ISO 8601 in UTC, as ECMAScript's `toISOString` has it.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, millis) = (self.0 / MILLIS_A_DAY, self.0 % MILLIS_A_DAY);
        // Years begin in March here, so that a leap day is the last of its year; 400 years have a whole number of days.
        let day = days + 719_468; // Since 0000-03-01.
        let (era, day) = (day / 146_097, day % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = 400 * era + year + u64::from(month <= 2);
        if year > 9_999 {
            f.write_str("+")?;
        }
        let digits = if year > 9_999 { 6 } else { 4 };
        let [hour, minute] = [60 * 60_000, 60_000].map(|unit| millis / unit);
        let (minute, second, milli) = (minute % 60, millis / 1_000 % 60, millis % 1_000);
        write!(f, "{year:0digits$}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}

const MILLIS_A_DAY: u64 = 24 * 60 * 60 * 1000;

/// Digits the header may have. Thirteen are sent today; sixteen reach the year 318,857 and stay exact in a double,
/// which is what a JavaScript receiver holds the value in.
pub(crate) const MAX_DIGITS: usize = 16;

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::Timestamp;

    /// By V8's `toISOString`, and the last instant that can be told at all.
    #[test]
    fn dates() {
        for (millis, date) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (68_256_000_000, "1972-03-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_735_066_639_761, "2024-12-24T18:57:19.761Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
            (8_640_000_000_000_000, "+275760-09-13T00:00:00.000Z"),
            (u64::MAX, "+584556019-04-03T14:25:51.615Z"),
        ] {
            assert_eq!(Timestamp::from_unix_millis(millis).to_string(), date);
        }
    }
}
