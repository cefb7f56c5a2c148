//! Numbers: found, and where their parts are.

use super::swar;

/// A number found by [`scan`].
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    /// Behind the sign.
    pub(crate) whole_start: usize,
    pub(crate) whole_end: usize,
    /// Behind the point and its digits; `whole_end` where there are none.
    pub(crate) fraction_end: usize,
    /// Behind the exponent; `fraction_end` where there is none.
    pub(crate) end: usize,
}

/// Finds the end of the number that begins at `start` (RFC 8259 section 6); the error is the offset of the offence.
#[inline(always)]
pub(crate) fn scan(bytes: &[u8], start: usize) -> Result<Token, usize> {
    if let [b'0'..=b'9', b',' | b']' | b'}', ..] = bytes[start..] {
        let end = start + 1;
        return Ok(Token { start, whole_start: start, whole_end: end, fraction_end: end, end });
    }
    let whole_start = start + usize::from(bytes[start] == b'-');
    let whole_end = match bytes.get(whole_start) {
        Some(b'0') => whole_start + 1,
        Some(b'1'..=b'9') => end_of_digits(bytes, whole_start),
        _ => return Err(whole_start),
    };
    let mut fraction_end = whole_end;
    if bytes.get(whole_end) == Some(&b'.') {
        fraction_end = end_of_digits(bytes, whole_end + 1);
        if fraction_end == whole_end + 1 {
            return Err(fraction_end);
        }
    }
    let mut end = fraction_end;
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent_start = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = end_of_digits(bytes, exponent_start);
        if end == exponent_start {
            return Err(end);
        }
    }
    Ok(Token { start, whole_start, whole_end, fraction_end, end })
}

/// Eight digits at a time: a loop over bytes mispredicts its end in every number.
#[inline(always)]
fn end_of_digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        // What is a digit becomes its value.
        let others = swar::first_at_least(u64::from_le_bytes(*chunk) ^ swar::splat(b'0'), 10);
        if others != 0 {
            return at + swar::bytes_before(others);
        }
        at += 8;
    }
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests;
