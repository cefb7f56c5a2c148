//! Numbers that are dear to read or to print: what a search through counts of digits (1 to 5,000), exponents, layouts and
//! distances from a half between two doubles found, the dearest of each kind.

use std::ops::Range;

use bench_inputs::Random;

use super::{MEGABYTE, list, repeated};

pub fn numbers() -> Vec<(&'static str, String)> {
    let mut random = Random::new(6);
    vec![
        ("1 MB of 20 digits near a half, about 10^300", list(|_| near_half(20, 9e299..9e300, &mut random))),
        ("1 MB of 21 digits near a half, about 10^-315", list(|_| near_half(21, 1e-317..1e-312, &mut random))),
        ("1 MB of 1e0", repeated("1e0")),
        ("1 MB of 1e20", repeated("1e20")),
        ("1 MB of 1e308", repeated("1e308")),
        ("1 MB of 2e-309", repeated("2e-309")),
        ("1 MB of zeros, undone by the exponent", format!("1{}e-{MEGABYTE}", "0".repeat(MEGABYTE))),
    ]
}

/// The half above some double, cut off.
fn near_half(digits: usize, doubles: Range<f64>, random: &mut Random) -> String {
    let (start, end) = (doubles.start.to_bits(), doubles.end.to_bits());
    let bits = start + random.below(end - start);
    // Five digits more than are asked for, of the double and the next.
    let [(low, exponent), (high, _)] = [bits, bits + 1].map(|bits| {
        let text = format!("{:.*e}", digits + 4, f64::from_bits(bits));
        let (mantissa, exponent) = text.split_once('e').expect("it was asked for");
        let mantissa: u128 = mantissa.replace('.', "").parse().expect("26 digits");
        (mantissa, exponent.parse::<i32>().expect("three digits"))
    });
    let places = i32::try_from(digits).expect("26") - 1;
    format!("{}e{}", low.midpoint(high) / 100_000, exponent - places)
}
