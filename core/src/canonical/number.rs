//! Numbers as ECMAScript spells them.
//!
//! ECMA-262 section 6.1.6.1.20 (`Number::toString`) prints the shortest decimal that reads back as the same double. A
//! decimal of at most 15 significant digits is that shortest one itself: it survives the way through a double and back
//! (IEEE 754, `DBL_DIG`), and no other decimal as short lies as near. So most numbers need no float at all: it is enough
//! that their layout is the canonical one.

use core::iter;

use arrayvec::ArrayVec;

use super::decimal::{Decimal, MAX_EXACT_DIGITS};
#[cfg(feature = "serde")]
use crate::json::number;
use crate::json::number::Token;

/// Whether a look at the layout of a number tells that it is spelt as `Number::toString` spells it.
#[inline(always)]
pub(super) fn is_canonical(text: &[u8], token: &Token) -> bool {
    let point = usize::from(token.fraction_end != token.whole_end);
    token.fraction_end - token.whole_start - point <= MAX_EXACT_DIGITS && has_layout(text, token)
}

/// Whether there is no exponent and none is missing, no zero too many, and no sign before a zero.
#[inline(always)]
fn has_layout(text: &[u8], token: &Token) -> bool {
    let is_zero = text[token.whole_start] == b'0';
    let whole_digits = token.whole_end - token.whole_start;
    let fits = token.end == token.fraction_end && whole_digits <= MAX_WHOLE_DIGITS;
    if token.fraction_end == token.whole_end {
        return fits && !(is_zero && token.whole_start != token.start);
    }
    let fraction = &text[token.whole_end + 1..token.fraction_end];
    fits && fraction.last() != Some(&b'0') && !(is_zero && fraction.starts_with(b"000000"))
}

/// With more there is an exponent.
const MAX_WHOLE_DIGITS: usize = 21;

/// The spelling of one number.
pub(super) type Spelling = ArrayVec<u8, LONGEST>;

/// `-0.0000012345678901234567`
const LONGEST: usize = 25;

/// A number as `JSON.stringify` prints it, none where it is printed as it is: an infinity is `null` (ECMA-262 section
/// 25.5.2.2), `-0` is `0`.
pub(super) fn respelt(text: &[u8], token: &Token) -> Option<Spelling> {
    let decimal = Decimal::read(text, token);
    let first = decimal.first();
    let is_shortest = first.is_shortest();
    if is_shortest && has_layout(text, token) {
        return None;
    }
    let mut spelling = Spelling::new();
    let is_negative = token.whole_start != token.start;
    if first.digits.is_empty() {
        spelling.push(b'0');
    } else if is_shortest {
        spelling.extend(is_negative.then_some(b'-'));
        lay_out(&first.digits, first.exponent, &mut spelling);
    } else {
        let value = decimal.to_double(&first);
        let mut buffer = ryu_js::Buffer::new();
        let printed =
            if value.is_finite() { buffer.format_finite(if is_negative { -value } else { value }) } else { "null" };
        spelling.extend(printed.bytes());
    }
    Some(spelling)
}

/// The nearest double to a JSON number, if that is all the text is.
#[cfg(feature = "serde")]
pub(crate) fn to_double(text: &str) -> Option<f64> {
    let text = text.as_bytes();
    let is_number = matches!(text, [b'-' | b'0'..=b'9', ..]);
    let token = is_number.then(|| number::scan(text, 0).ok()).flatten().filter(|token| token.end == text.len())?;
    let decimal = Decimal::read(text, &token);
    let value = decimal.to_double(&decimal.first());
    Some(if token.whole_start == token.start { value } else { -value })
}

/// digits·10^exponent, as `Number::toString` places the point, zeros and an exponent.
#[allow(
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    reason = "up to 17 digits, and exponents of three"
)]
fn lay_out(digits: &[u8], exponent: i64, out: &mut Spelling) {
    // The number is 0.digits·10^point.
    let point = exponent + digits.len() as i64;
    let zeros = |count: i64| iter::repeat_n(b'0', count.unsigned_abs() as usize);
    match usize::try_from(point) {
        Ok(whole @ 1..=MAX_WHOLE_DIGITS) if whole < digits.len() => {
            out.extend(digits[..whole].iter().copied());
            out.push(b'.');
            out.extend(digits[whole..].iter().copied());
        }
        Ok(1..=MAX_WHOLE_DIGITS) => {
            out.extend(digits.iter().copied());
            out.extend(zeros(exponent));
        }
        _ if (-5..=0).contains(&point) => {
            out.extend(*b"0.");
            out.extend(zeros(point));
            out.extend(digits.iter().copied());
        }
        _ => {
            out.push(digits[0]);
            if digits.len() > 1 {
                out.push(b'.');
                out.extend(digits[1..].iter().copied());
            }
            out.extend(if point > 0 { *b"e+" } else { *b"e-" });
            let exponent = (point - 1).unsigned_abs();
            let places = [100, 10, 1].into_iter().skip_while(|place| exponent < *place && *place > 1);
            out.extend(places.map(|place| b'0' + (exponent / place % 10) as u8));
        }
    }
}

#[cfg(test)]
mod tests;
