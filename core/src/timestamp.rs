//! Points in time, in milliseconds.

use core::fmt::Write;

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
        use std::time::{SystemTime, UNIX_EPOCH};
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
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
            return Err(Reason::TimestampTooNew { lead_millis: lead, tolerance_millis });
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

/// Digits the header may have. Thirteen are sent today; sixteen reach the year 318,857 and stay exact in a double,
/// which is what a JavaScript receiver holds the value in.
pub(crate) const MAX_DIGITS: usize = 16;
