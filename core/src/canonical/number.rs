//! Numbers: found, recognised where they are already spelt as ECMAScript spells them, respelt where not.
//!
//! ECMA-262 section 6.1.6.1.20 (`Number::toString`) prints the shortest decimal that reads back as the same double. A
//! decimal of at most 15 significant digits is that shortest one itself: it survives the way through a double and back
//! (IEEE 754, `DBL_DIG`), and no other decimal as short lies as near. So most numbers need no float at all: it is enough
//! that their layout is the canonical one.

use super::{
    decimal,
    short_decimal::{self, Reading},
};
use crate::words;

/// A number found by [`scan`].
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) spelling: Spelling,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As `Number::toString` spells it.
    Canonical,
    /// With many digits or an exponent: a float may have to tell.
    Unknown,
    /// With a zero too many, or without an exponent where there must be one.
    Foreign,
}

/// Finds the end of the number that begins at `start` (RFC 8259 section 6); the error is the offset of the offence.
#[inline(always)]
pub(crate) fn scan(bytes: &[u8], start: usize) -> Result<Token, usize> {
    if let [b'0'..=b'9', b',' | b']' | b'}', ..] = bytes[start..] {
        return Ok(Token { start, end: start + 1, spelling: Spelling::Canonical });
    }
    let negative = bytes[start] == b'-';
    let whole_start = start + usize::from(negative);
    let whole_end = match bytes.get(whole_start) {
        Some(b'0') => whole_start + 1,
        Some(b'1'..=b'9') => end_of_digits(bytes, whole_start + 1),
        _ => return Err(whole_start),
    };
    let is_zero = bytes[whole_start] == b'0';
    let mut end = whole_end;
    let mut is_laid_out = !(negative && is_zero);

    if bytes.get(end) == Some(&b'.') {
        let fraction_start = end + 1;
        end = end_of_digits(bytes, fraction_start);
        if end == fraction_start {
            return Err(end);
        }
        let fraction = &bytes[fraction_start..end];
        is_laid_out = fraction.last() != Some(&b'0') && !(is_zero && fraction.starts_with(b"000000"));
    }
    let digits = end - whole_start - usize::from(end != whole_end);
    let mut is_known = digits <= MAX_EXACT_DIGITS;

    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent_start = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = end_of_digits(bytes, exponent_start);
        if end == exponent_start {
            return Err(end);
        }
        is_known = false;
    }
    let spelling = match (is_laid_out, is_known) {
        (true, true) => Spelling::Canonical,
        (true, false) => Spelling::Unknown,
        (false, _) => Spelling::Foreign,
    };
    Ok(Token { start, end, spelling })
}

/// Decimals of this many digits survive the way through a double and back.
pub(super) const MAX_EXACT_DIGITS: usize = 15;

/// Eight digits at a time: a loop over bytes mispredicts its end in every number.
#[inline(always)]
pub(super) fn end_of_digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        // What is a digit becomes its value.
        let others = words::first_at_least(u64::from_le_bytes(*chunk) ^ words::splat(b'0'), 10);
        if others != 0 {
            return at + words::lanes_before(others);
        }
        at += 8;
    }
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// A number found by [`scan`] as `JSON.stringify` prints it: an infinity is `null` (ECMA-262 section 25.5.2.2), `-0` is
/// `0`.
pub(crate) fn canonical<'t: 'b, 'b>(number: &'t str, spelling: Spelling, buffer: &'b mut ryu_js::Buffer) -> &'b str {
    let value = match short_decimal::read(number.as_bytes(), spelling != Spelling::Foreign) {
        Some(Reading::Shortest) => return number,
        Some(Reading::Double(value)) => value,
        None => decimal::parse(number.as_bytes()),
    };
    if value.is_finite() { buffer.format_finite(value) } else { "null" }
}

#[cfg(test)]
mod tests;
