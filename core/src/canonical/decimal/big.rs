//! As many digits as it takes, for the few numbers near a half between two doubles.

use alloc::vec::Vec;
use core::{cmp::Ordering, iter};

/// An integer, its lowest digit first, without leading zeros.
#[derive(PartialEq, Eq)]
pub(super) struct Big(Vec<u32>);

impl From<u64> for Big {
    fn from(value: u64) -> Self {
        let mut words = Vec::with_capacity(USUAL_WORDS);
        words.extend([value as u32, (value >> 32) as u32]);
        Self(words).without_leading_zeros()
    }
}

impl Big {
    /// Of decimal digits in ASCII, the first of which is not zero.
    pub(super) fn from_digits(digits: &[u8]) -> Self {
        digits.chunks(9).fold(Self(Vec::with_capacity(USUAL_WORDS)), |big, chunk| {
            let value = chunk.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
            big.mul_add(10_u32.pow(chunk.len() as u32), value)
        })
    }

    fn mul_add(mut self, factor: u32, summand: u32) -> Self {
        let mut carry = u64::from(summand);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
        self
    }

    pub(super) fn mul_power_of_five(self, exponent: u64) -> Self {
        const STEP: u64 = 13; // the largest power of five in 32 bits
        let steps = (0..exponent / STEP).fold(self, |big, _| big.mul_add(5_u32.pow(STEP as u32), 0));
        steps.mul_add(5_u32.pow((exponent % STEP) as u32), 0)
    }

    pub(super) fn shift_left(self, bits: u64) -> Self {
        let mut big = self.mul_add(1 << (bits % 32), 0);
        big.0.splice(..0, iter::repeat_n(0, (bits / 32) as usize));
        big
    }

    fn without_leading_zeros(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

/// Enough for any number near a half, which has 2,700 bits at most.
const USUAL_WORDS: usize = 88;

impl Ord for Big {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
