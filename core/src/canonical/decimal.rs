//! Decimal text to the nearest double, and whether it is the shortest that names it.
//!
//! A number's digits times a power of ten are taken to 128 bits, with a bound on the error. Where both ends of the interval
//! the number must lie in round to the same double, that is the answer: so it is for all but halves between two doubles
//! and texts that agree with one in some twenty digits. Those are compared with the half as big integers.
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
mod powers_of_ten;
mod product;

use core::{cmp::Ordering, ops::RangeInclusive};

use arrayvec::ArrayVec;

use big::Big;
use product::Product;

use crate::json::number::Token;

/// A number without its sign.
pub(super) struct Decimal<'t> {
    whole: &'t [u8],
    fraction: &'t [u8],
    exponent: i64,
}

/// The first significant digits of a number, neither beginning nor ending with a zero: digits·10^exponent.
pub(super) struct Significant<const MOST: usize> {
    /// In ASCII.
    pub(super) digits: ArrayVec<u8, MOST>,
    pub(super) exponent: i64,
    /// Whether others than zeros follow.
    truncated: bool,
}

impl<'t> Decimal<'t> {
    pub(super) fn read(text: &'t [u8], token: &Token) -> Self {
        let whole = &text[token.whole_start..token.whole_end];
        let fraction = text.get(token.whole_end + 1..token.fraction_end).unwrap_or_default();
        let exponent = text.get(token.fraction_end + 1..token.end).map_or(0, read_exponent);
        Self { whole, fraction, exponent: exponent - fraction.len() as i64 }
    }

    /// Up to so many digits as a word can hold.
    pub(super) fn first(&self) -> Significant<WORD_DIGITS> {
        self.significant()
    }

    /// The nearest double (IEEE 754, ties to even), an infinity beyond the largest.
    pub(super) fn to_double(&self, first: &Significant<WORD_DIGITS>) -> f64 {
        if first.digits.is_empty() || first.exponent < SMALLEST_EXPONENT {
            return 0.0;
        }
        if first.exponent > LARGEST_EXPONENT {
            return f64::INFINITY;
        }
        let product = Product::of(first.word(), first.exponent);
        f64::from_bits(product.to_double(first.truncated).unwrap_or_else(|low| self.nearer_of(low)))
    }

    /// This double or the next one, whichever side of the half between them the number lies on.
    fn nearer_of(&self, low: u64) -> u64 {
        let Significant { mut digits, exponent, truncated } = self.significant::<HALF_DIGITS>();
        if truncated {
            // A half has no such digit: which one it is makes no difference.
            digits[HALF_DIGITS - 1] = b'1';
        }
        let mut left = Big::from_digits(&digits);
        let (mantissa, binary_exponent) = parts(low);
        let mut right = Big::from(2 * mantissa + 1);
        // left·10^exponent against right·2^(binary_exponent - 1): the fives, then the twos.
        let (fives, twos) = (exponent.unsigned_abs(), exponent - (binary_exponent - 1));
        if exponent > 0 {
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

    fn significant<const MOST: usize>(&self) -> Significant<MOST> {
        let all = || self.whole.iter().chain(self.fraction).copied();
        let zeros = all().take_while(|digit| *digit == b'0').count();
        let left = (self.whole.len() + self.fraction.len() - zeros).saturating_sub(MOST);
        let mut digits: ArrayVec<u8, MOST> = all().skip(zeros).take(MOST).collect();
        let truncated = left > 0 && all().skip(zeros + MOST).any(|digit| digit != b'0');
        let mut exponent = self.exponent + left as i64;
        while !truncated && digits.last() == Some(&b'0') {
            digits.pop();
            exponent += 1;
        }
        Significant { digits, exponent, truncated }
    }
}

/// So many digits fit into 64 bits.
const WORD_DIGITS: usize = 19;
/// More than the 767 significant digits that a half between two doubles has at most.
const HALF_DIGITS: usize = 769;

/// With up to 19 digits before it, the number is below half the smallest double, or beyond the largest.
const SMALLEST_EXPONENT: i64 = -345;
const LARGEST_EXPONENT: i64 = 309;

impl Significant<WORD_DIGITS> {
    /// Whether these are all digits and those that `Number::toString` takes for the double nearest to them (ECMA-262
    /// section 6.1.6.1.20): the fewest that read back as it, and of several such the nearest to it. Now and then it is not
    /// known, and false.
    pub(super) fn is_shortest(&self) -> bool {
        // Of more than 19 digits there are 19 here.
        let are_few = self.digits.len() <= 17 && NORMAL_EXPONENTS.contains(&self.exponent);
        are_few && (self.digits.len() <= MAX_EXACT_DIGITS || Product::of(self.word(), self.exponent).is_shortest())
    }

    fn word(&self) -> u64 {
        self.digits.iter().fold(0, |word, digit| word * 10 + u64::from(digit - b'0'))
    }
}

/// Decimals of this many digits survive the way through a double that has all its bits, and back (IEEE 754, `DBL_DIG`).
pub(super) const MAX_EXACT_DIGITS: usize = 15;

/// A double next to up to 17 digits with such an exponent has all its 53 bits.
const NORMAL_EXPONENTS: RangeInclusive<i64> = -300..=290;

/// From behind its letter on.
fn read_exponent(text: &[u8]) -> i64 {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] | digits => (1, digits),
    };
    // It saturates: no text in memory has the digits to make up for such an exponent.
    let push = |value: i64, digit: &u8| (value * 10 + i64::from(digit - b'0')).min(MAX_EXPONENT);
    sign * digits.iter().fold(0, push)
}

const MAX_EXPONENT: i64 = i64::MAX / 16;

/// Which double these bits are: mantissa·2^exponent.
const fn parts(bits: u64) -> (u64, i64) {
    let (biased, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
    if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) }
}
