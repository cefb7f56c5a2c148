//! Powers of ten to 128 bits, with a bound on their error.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "words taken apart into halves, and exponents that are bounded"
)]

/// The first 128 bits of 10^exponent, from [`LEAST`] to [`GREATEST`], the top one set, rounded down.
///
/// With u = 2^-127 a fifth is off by at most u relatively, a product by the sum of its factors' errors and 2u. So 5^-16 is
/// off by at most 46u, its 22nd power by 22·48u, that times an exact power by 1058u, which are 2116 of the last place.
pub(super) fn power_of_ten(exponent: i64) -> u128 {
    let from_least = (exponent - LEAST) as usize;
    product(COARSE[from_least / STEP], u128::from(FINE[from_least % STEP]) << 64)
}

/// The power of two that goes with it.
pub(super) fn binary_exponent(exponent: i64) -> i64 {
    // The binary logarithm of ten to 19 bits, which is enough for exponents up to 1650.
    ((exponent * 1_741_647) >> 19) - 127
}

const LEAST: i64 = -352;
const GREATEST: i64 = 319;
const STEP: usize = 16;
const STEPS_DOWN: usize = LEAST.unsigned_abs() as usize / STEP;

/// 10^-352, 10^-336 and so on.
const COARSE: [u128; STEPS_DOWN + GREATEST as usize / STEP + 1] = {
    let mut coarse = [ONE; STEPS_DOWN + GREATEST as usize / STEP + 1];
    let (mut fifth, mut squarings) = (u128::MAX / 5 * 4, 4);
    while squarings > 0 {
        fifth = product(fifth, fifth);
        squarings -= 1;
    }
    let mut index = STEPS_DOWN;
    while index > 0 {
        index -= 1;
        coarse[index] = product(coarse[index + 1], fifth);
    }
    index = STEPS_DOWN + 1;
    while index < coarse.len() {
        coarse[index] = product(coarse[index - 1], normalized(5_u128.pow(STEP as u32)));
        index += 1;
    }
    coarse
};

/// 10^0 to 10^15, which are exact in 64 bits.
const FINE: [u64; STEP] = {
    let mut fine = [0; STEP];
    let mut index = 0;
    while index < STEP {
        fine[index] = (normalized(5_u128.pow(index as u32)) >> 64) as u64;
        index += 1;
    }
    fine
};

const ONE: u128 = 1 << 127;

/// Of two numbers with their top bits set.
const fn product(a: u128, b: u128) -> u128 {
    let product = mul_high(a, b);
    // Not a shift by so many zeros: WebAssembly has no instruction for it, and at most one bit is missing.
    if product < ONE { product + product } else { product }
}

const fn normalized(number: u128) -> u128 {
    number << number.leading_zeros()
}

/// The upper half of the product.
#[inline(always)]
pub(super) const fn mul_high(a: u128, b: u128) -> u128 {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = ((a >> 64) as u64, a as u64, (b >> 64) as u64, b as u64);
    let (outer, inner) = (mul_wide(a1, b0), mul_wide(a0, b1));
    let carry = ((mul_wide(a0, b0) >> 64) + (outer & LOW) + (inner & LOW)) >> 64;
    mul_wide(a1, b1) + (outer >> 64) + (inner >> 64) + carry
}

/// Of halves: WebAssembly has no instruction for the product, and calls a function that hands it over in memory.
#[inline(always)]
const fn mul_wide(a: u64, b: u64) -> u128 {
    const LOW: u64 = u32::MAX as u64;
    let (a1, a0, b1, b0) = (a >> 32, a & LOW, b >> 32, b & LOW);
    let low = a0 * b0;
    let outer = a1 * b0 + (low >> 32);
    let inner = a0 * b1 + (outer & LOW);
    let high = a1 * b1 + (outer >> 32) + (inner >> 32);
    (high as u128) << 64 | (inner << 32 | low & LOW) as u128
}
