//! Decimal text to the nearest double.
//!
//! A power of ten is taken to 128 bits, with a bound on its error. Where both ends of the interval the number must lie in
//! round to the same double, that is the answer: so it is for all but halves between two doubles and texts that agree
//! with one in some twenty digits. Those are compared with the half as big integers.
//!
//! The standard library's parser takes 8 to 15 µs for one of those, which are cheap to make, and gives up on exponents
//! beyond 655,360. Two small libraries (minimal-lexical 0.2.1, lexical-parse-float 1.0.6, both `compact`) misround
//! `111619037262384701685e-232` and about one in a million others of more than 19 digits.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "words taken apart into halves, and exponents that are bounded or saturated"
)]

mod big;

use core::cmp::Ordering;

use arrayvec::ArrayVec;

use super::{
    number::end_of_digits,
    power::{binary_exponent, mul_high, power_of_ten},
};
use big::Big;

/// Reads a number found by [`scan`](super::number::scan), correctly rounded (IEEE 754, ties to even).
pub(super) fn parse(number: &[u8]) -> f64 {
    let (magnitude, sign) = number.strip_prefix(b"-").map_or((number, 1.0), |magnitude| (magnitude, -1.0));
    Decimal::read(magnitude).to_double() * sign
}

/// digits·10^exponent, neither beginning nor ending with a zero.
struct Decimal {
    digits: ArrayVec<u8, MOST_DIGITS>,
    exponent: i64,
}

/// A half between two doubles has at most 767 significant digits; whatever follows more digits than that is as good as a
/// one.
const MOST_DIGITS: usize = 769;

impl Decimal {
    fn read(text: &[u8]) -> Self {
        let (whole, rest) = text.split_at(end_of_digits(text, 0));
        let (fraction, rest) = match rest {
            [b'.', rest @ ..] => rest.split_at(end_of_digits(rest, 0)),
            _ => (&[][..], rest),
        };
        let mut digits = ArrayVec::new();
        let (mut left, mut truncated) = (0, false);
        for digit in whole.iter().chain(fraction).map(|digit| digit - b'0') {
            if digits.len() == MOST_DIGITS - 1 {
                left += 1;
                truncated |= digit != 0;
            } else if digit != 0 || !digits.is_empty() {
                digits.push(digit);
            }
        }
        let mut exponent = exponent(rest) - fraction.len() as i64 + left;
        if truncated {
            digits.push(1);
            exponent -= 1;
        }
        while digits.last() == Some(&0) {
            digits.pop();
            exponent += 1;
        }
        Self { digits, exponent }
    }

    fn to_double(&self) -> f64 {
        let (first, rest) = self.digits.split_at(self.digits.len().min(WORD_DIGITS));
        let word = first.iter().fold(0, |word, digit| word * 10 + u64::from(*digit));
        let exponent = self.exponent + rest.len() as i64;
        if word == 0 || exponent < SMALLEST_EXPONENT {
            return 0.0;
        }
        if exponent > LARGEST_EXPONENT {
            return f64::INFINITY;
        }
        let power = power_of_ten(exponent);
        let zeros = word.leading_zeros();
        let least = mul_high(u128::from(word << zeros) << 64, power);
        let unit = if rest.is_empty() { 0 } else { power >> (64 - zeros) };
        let exponent = binary_exponent(exponent) + 64 - i64::from(zeros);
        let low = round(least, exponent);
        match least.checked_add(unit + MAX_ERROR).map(|most| round(most, exponent)) {
            Some(high) if high == low => f64::from_bits(low),
            _ => f64::from_bits(self.nearer_of(low)),
        }
    }

    /// This double or the next one, whichever side of the half between them the number lies on.
    fn nearer_of(&self, low: u64) -> u64 {
        let mut left = Big::from_digits(&self.digits);
        let (mantissa, binary_exponent) = parts(low);
        let mut right = Big::from(2 * mantissa + 1);
        // left·10^exponent against right·2^(binary_exponent - 1): the fives, then the twos.
        let fives = self.exponent.unsigned_abs();
        let twos = self.exponent - (binary_exponent - 1);
        if self.exponent > 0 {
            left = left.mul_power_of_five(fives);
        } else {
            right = right.mul_power_of_five(fives);
        }
        if twos > 0 {
            left = left.shift_left(twos.unsigned_abs());
        } else {
            right = right.shift_left(twos.unsigned_abs());
        }
        match left.cmp(&right) {
            Ordering::Less => low,
            Ordering::Equal => low + mantissa % 2,
            Ordering::Greater => low + 1,
        }
    }
}

/// From its letter on; zero where there is none.
fn exponent(text: &[u8]) -> i64 {
    let (mut value, mut sign) = (0_i64, 1);
    for byte in text.iter().skip(1) {
        match byte {
            b'-' => sign = -1,
            b'+' => {}
            // It saturates: no text in memory has the digits to make up for such an exponent.
            digit => value = (value * 10 + i64::from(digit - b'0')).min(MAX_EXPONENT),
        }
    }
    sign * value
}

/// Digits that fit into 64 bits.
const WORD_DIGITS: usize = 19;

/// With up to 19 digits before it, the number is below half the smallest double, or beyond the largest.
const SMALLEST_EXPONENT: i64 = -345;
const LARGEST_EXPONENT: i64 = 309;
const MAX_EXPONENT: i64 = i64::MAX / 16;

/// Above that of a power of ten and one of the product.
const MAX_ERROR: u128 = 4096;

/// The bits of the double nearest to mantissa·2^exponent, ties to even.
fn round(mantissa: u128, exponent: i64) -> u64 {
    let zeros = mantissa.leading_zeros();
    let mantissa = mantissa << zeros;
    let exponent = exponent + 127 - i64::from(zeros); // of the leading bit
    if exponent > 1023 {
        return f64::INFINITY.to_bits();
    }
    // Below 2^-1022 a double has one bit less for each power of two.
    let biased = (exponent + 1023).max(1);
    let kept = exponent + 1023 - biased + 53;
    let Ok(dropped @ 75..=128) = u32::try_from(128 - kept) else { return 0 };
    let whole = mantissa.checked_shr(dropped).unwrap_or(0);
    let rest = mantissa << (128 - dropped);
    let up = rest > 1 << 127 || (rest == 1 << 127 && whole % 2 == 1);
    // The leading bit of a normal number adds one to the biased exponent, a carry another one.
    ((biased as u64 - 1) << 52) + whole as u64 + u64::from(up)
}

/// Which double these bits are: mantissa·2^exponent.
const fn parts(bits: u64) -> (u64, i64) {
    let (biased, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
    if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) }
}
