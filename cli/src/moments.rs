//! Times and spans as people write them.

use anyhow::{Context as _, bail};
use twenty_webhook::{Timestamp, diagnose::timestamp_of};

/// A time, or how far it is from now: `-5m`, `+1h`, `now`.
pub(crate) fn parse(text: &str) -> anyhow::Result<Timestamp> {
    if text == "now" {
        return Ok(Timestamp::now());
    }
    if text.starts_with(['-', '+']) {
        return Ok(moved(Timestamp::now(), span_millis(text).context(FORMS)?));
    }
    timestamp_of(text).context(FORMS)
}

/// A time so much later, or earlier.
pub(crate) fn moved(time: Timestamp, millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(time.unix_millis().saturating_add_signed(millis))
}

/// A span in milliseconds: a number and its unit, with a sign or none.
pub(crate) fn span_millis(text: &str) -> anyhow::Result<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(digits.len());
    let (number, unit) = digits.split_at(end);
    let Some((_, millis)) = UNITS.iter().find(|(name, _)| *name == unit) else { bail!(SPANS) };
    let number: i64 = number.parse().context(SPANS)?;
    number.checked_mul(*millis).map(|millis| sign * millis).context("the span is too long")
}

const UNITS: [(&str, i64); 5] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
const FORMS: &str =
    "must be milliseconds since the Unix epoch, seconds (ten digits), an ISO date, or how far from now: -5m";
const SPANS: &str = "must be a number with a unit: ms, s, m, h or d";

#[cfg(test)]
mod tests {
    use super::span_millis;

    #[test]
    fn a_span_has_a_unit() -> anyhow::Result<()> {
        for (text, millis) in
            [("-5m", -300_000), ("+2h", 7_200_000), ("90s", 90_000), ("250ms", 250), ("1d", 86_400_000)]
        {
            assert_eq!(span_millis(text)?, millis, "{text}");
        }
        for text in ["", "5", "m", "5 m", "--5m", "1.5h", "9223372036854775807d"] {
            assert!(span_millis(text).is_err(), "{text}");
        }
        Ok(())
    }
}
