//! Times and spans as people write them.

mod iso;

use anyhow::{Context as _, bail};
use twenty_webhook::Timestamp;

/// A time, or how far it is from now: `-5m`, `+1h`, `now`.
pub(crate) fn parse(text: &str) -> anyhow::Result<Timestamp> {
    if text == "now" {
        return Ok(Timestamp::now());
    }
    if text.starts_with(['-', '+']) {
        return Ok(moved(Timestamp::now(), span_millis(text).context(FORMS)?));
    }
    absolute(text)
}

/// A time: milliseconds since the Unix epoch, seconds if there are ten digits, or an ISO date.
pub(crate) fn absolute(text: &str) -> anyhow::Result<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = !whole.is_empty() && [whole, fraction].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
    let millis = match (is_number, whole.len()) {
        (true, DIGITS_OF_SECONDS) => format!("{whole}{fraction:0<3.3}").parse().ok(),
        (true, _) if !text.contains('.') => whole.parse().ok(),
        _ => iso::millis(text),
    };
    millis.map(Timestamp::from_unix_millis).context(FORMS)
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
/// The years 2001 to 2286.
const DIGITS_OF_SECONDS: usize = 10;

#[cfg(test)]
mod tests {
    use super::{absolute, span_millis};

    #[test]
    fn ten_digits_are_seconds() -> anyhow::Result<()> {
        for (text, millis) in [
            ("1735066639", 1_735_066_639_000),
            ("1735066639.7", 1_735_066_639_700),
            ("1735066639.761482", 1_735_066_639_761),
            ("1735066639761", 1_735_066_639_761),
            ("0", 0),
            ("2024-12-24T18:57:19.761Z", 1_735_066_639_761),
        ] {
            assert_eq!(absolute(text)?.unix_millis(), millis, "{text}");
        }
        for text in ["", ".", "1.5", "1735066639.x", "-1", "soon", "99999999999999999999"] {
            assert!(absolute(text).is_err(), "{text}");
        }
        Ok(())
    }

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
