//! A word of up to 19 digits times a power of ten, to 128 bits.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "words taken apart into halves, and the low half of a product, whose upper bits are then taken as a sign"
)]

use super::powers_of_ten::{binary_exponent, mul_high, power_of_ten};

/// least·2^exponent is at most the number; with [`MAX_ERROR`] added it is more.
pub(super) struct Product {
    least: u128,
    exponent: i64,
    word: u64,
    power: u128,
}

/// Above that of a power of ten and one of the product.
const MAX_ERROR: u128 = 4096;

impl Product {
    /// The word is not zero, the exponent from -345 to 309.
    #[inline(always)]
    pub(super) fn of(word: u64, exponent: i64) -> Self {
        let (power, zeros) = (power_of_ten(exponent), word.leading_zeros());
        let least = mul_high(u128::from(word << zeros) << 64, power);
        Self { least, exponent: binary_exponent(exponent) + 64 - i64::from(zeros), word, power }
    }

    /// The bits of the nearest double; if that cannot be told, those of the one before the half. Where the word is
    /// truncated, the number may be anything up to the next word.
    pub(super) fn to_double(&self, truncated: bool) -> Result<u64, u64> {
        let unit = if truncated { self.power >> (64 - self.word.leading_zeros()) } else { 0 };
        let low = round(self.least, self.exponent);
        match self.least.checked_add(unit + MAX_ERROR).map(|most| round(most, self.exponent)) {
            Some(high) if high == low => Ok(low),
            _ => Err(low),
        }
    }

    /// Of a word of 16 or 17 digits, the last not zero, near a double of 53 bits: whether no number of a digit less is near
    /// enough to that double to read back as it, which are the multiples of ten next below and above, and whether it lies
    /// within half a unit of its last digit of the double. So no number need be made of the double. False where a
    /// comparison is too close to tell.
    pub(super) fn is_shortest(&self) -> bool {
        let is_short = self.least.leading_zeros();
        let product = self.least << is_short;
        // The first 53 bits and what is beyond the nearest double, both in units of which the last of these bits is 2^54.
        let (bits, beyond) = ((product >> 75) as u64, ((product >> 21) as i64) << 10 >> 10);
        let last = (self.word % 10) as i64;
        let digit = ((self.power >> 64) as u64 >> (21 - self.word.leading_zeros() - is_short)) as i64; // one of the last
        // Next to a power of two the doubles below are twice as dense as those above.
        let is_even_spaced = bits != 1 << 52 && bits != (1 << 53) - 1;
        is_even_spaced
            && beyond.abs() < HALF - ROUNDED_ERROR
            && beyond.abs() < digit / 2 - ROUNDED_ERROR
            && last * digit - beyond > HALF + ROUNDED_ERROR
            && (10 - last) * digit + beyond > HALF + ROUNDED_ERROR
    }
}

/// Half-way to the next double.
const HALF: i64 = 1 << 53;

/// Less than one unit of the product, ten times less than one of a digit.
const ROUNDED_ERROR: i64 = 16;

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
