//! Numbers of up to 17 significant digits: the double nearest to one, and whether it is spelt as `Number::toString` spells
//! that double, both from one product with a power of ten.
//!
//! `Number::toString` wants the decimal with the fewest digits that reads back as the double, and of several such the
//! nearest to it (ECMA-262 section 6.1.6.1.20). A number of n digits is that one if no number of n - 1 digits is near
//! enough to the double to read back as it, which are the multiples of ten next below and above, and if it lies within
//! half a unit of its last digit of the double. So no number need be made of the double. Where a comparison is close, the
//! answer is not known here.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the low half of a product, whose upper bits are then taken as a sign, and exponents that are bounded"
)]

use super::{
    number::{MAX_EXACT_DIGITS, end_of_digits},
    power::{binary_exponent, mul_high, power_of_ten},
};

/// What could be told of a number.
pub(super) enum Reading {
    /// It is spelt as `Number::toString` spells it.
    Shortest,
    Double(f64),
}

/// Of a number that [`scan`](super::number::scan) found; `has_layout` where it did not object to the layout. None where
/// nothing is known.
pub(super) fn read(number: &[u8], has_layout: bool) -> Option<Reading> {
    let decimal = ShortDecimal::read(number)?;
    let has_layout = has_layout && decimal.has_layout;
    if has_layout && decimal.word < 10_u64.pow(MAX_EXACT_DIGITS as u32) {
        return Some(Reading::Shortest);
    }
    let magnitude = if decimal.word == 0 {
        0.0
    } else {
        let product = Product::of(decimal.word, decimal.exponent);
        if has_layout && product.is_shortest(decimal.word) {
            return Some(Reading::Shortest);
        }
        product.to_double()?
    };
    Some(Reading::Double(if decimal.is_negative { -magnitude } else { magnitude }))
}

/// word·10^exponent, with the sign.
struct ShortDecimal {
    is_negative: bool,
    word: u64,
    exponent: i64,
    /// Of a number with an exponent: whether `Number::toString` writes one, and so.
    has_layout: bool,
}

impl ShortDecimal {
    /// None where there are more digits, or the double may have less than its 53 bits or be none.
    fn read(number: &[u8]) -> Option<Self> {
        let (is_negative, magnitude) = number.strip_prefix(b"-").map_or((false, number), |magnitude| (true, magnitude));
        let whole = end_of_digits(magnitude, 0);
        let mut word = read_digits(0, &magnitude[..whole])?;
        let mut end = whole;
        if magnitude.get(whole) == Some(&b'.') {
            end = end_of_digits(magnitude, whole + 1);
            word = read_digits(word, &magnitude[whole + 1..end])?;
        }
        let fraction = (end - whole).saturating_sub(1) as i64;
        let (mut exponent, mut has_layout) = (-fraction, true);
        if let [letter, digits @ ..] = &magnitude[end..] {
            let (value, is_written) = read_exponent(digits)?;
            exponent += value;
            has_layout = is_written && *letter == b'e' && whole == 1 && magnitude[0] != b'0';
        }
        let is_normal = (LEAST_EXPONENT..=GREATEST_EXPONENT).contains(&exponent);
        is_normal.then_some(Self { is_negative, word, exponent, has_layout })
    }
}

/// The number that has these digits after those of `word`, up to 17 in all; eight at a time.
#[inline(always)]
fn read_digits(mut word: u64, mut digits: &[u8]) -> Option<u64> {
    while let Some((chunk, rest)) = digits.split_first_chunk() {
        if word >= 10_u64.pow(9) {
            return None;
        }
        word = word * 10_u64.pow(8) + read_eight(u64::from_le_bytes(*chunk));
        digits = rest;
    }
    for digit in digits {
        if word >= 10_u64.pow(16) {
            return None;
        }
        word = word * 10 + u64::from(digit - b'0');
    }
    Some(word)
}

/// Of eight digits, the first in the lowest byte: neighbours become pairs, these fours, and these the number.
const fn read_eight(digits: u64) -> u64 {
    let digits = digits & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = (digits.wrapping_mul(10 << 8 | 1) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000 << 32 | 1) >> 32
}

/// A double whose word of up to 17 digits has such an exponent has all its 53 bits.
const LEAST_EXPONENT: i64 = -300;
const GREATEST_EXPONENT: i64 = 290;

/// An exponent from its sign on, and whether `Number::toString` writes it: from 21, up to -7. None where it is far out of
/// range.
fn read_exponent(text: &[u8]) -> Option<(i64, bool)> {
    let (sign, digits) = match text {
        [sign @ (b'+' | b'-'), digits @ ..] => (Some(*sign), digits),
        digits => (None, digits),
    };
    if digits.len() > 3 {
        return None;
    }
    let value = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    let starts_well = digits[0] != b'0';
    Some(match sign {
        Some(b'-') => (-value, starts_well && value >= 7),
        _ => (value, starts_well && sign.is_some() && value >= 21),
    })
}

/// The number's double and how far they are apart, in units of which the last bit of the double is 2^54.
struct Product {
    /// 53 bits, rounded down.
    bits: u64,
    exponent: i64,
    /// What the number is above the nearest double; negative where that is the next above `bits`.
    beyond: i64,
    /// The power of ten, and how far the product with it was shifted.
    power: u64,
    shifted: u32,
}

const HALF_PLACE: i64 = 1 << 53;

/// Less than one unit of the product, ten times less than one of a digit.
const MAX_ERROR: i64 = 16;

impl Product {
    #[inline(always)]
    fn of(word: u64, exponent: i64) -> Self {
        let power = power_of_ten(exponent);
        let zeros = word.leading_zeros();
        let mut product = mul_high(u128::from(word << zeros) << 64, power);
        let is_short = product >> 127 == 0;
        if is_short {
            product += product;
        }
        let shifted = zeros + u32::from(is_short);
        Self {
            bits: (product >> 75) as u64,
            exponent: binary_exponent(exponent) + 75 + 64 - i64::from(shifted),
            beyond: ((product >> 21) as i64) << 10 >> 10,
            power: (power >> 64) as u64,
            shifted,
        }
    }

    /// Of a word of 16 or 17 digits.
    fn is_shortest(&self, word: u64) -> bool {
        let (beyond, last) = (self.beyond, (word % 10) as i64);
        let digit = (self.power >> (21 - self.shifted)) as i64; // one of the number's last digit
        // Next to a power of two the doubles below are twice as dense as those above.
        let is_even_spaced = self.bits != 1 << 52 && self.bits != (1 << 53) - 1;
        is_even_spaced
            && beyond.abs() < HALF_PLACE - MAX_ERROR
            && beyond.abs() < digit / 2 - MAX_ERROR
            && last * digit - beyond > HALF_PLACE + MAX_ERROR
            && (10 - last) * digit + beyond > HALF_PLACE + MAX_ERROR
    }

    /// None where the number may lie half-way between two.
    fn to_double(&self) -> Option<f64> {
        // The leading bit adds one to the biased exponent, a carry another one.
        let biased = (self.exponent + 1075 - 1) as u64;
        let magnitude = f64::from_bits((biased << 52) + self.bits + u64::from(self.beyond < 0));
        (self.beyond.abs() < HALF_PLACE - MAX_ERROR).then_some(magnitude)
    }
}
