//! Generated numbers that are hard to read or to print.

use fastrand::Rng;

/// A number in one of JSON's spellings: any double, digits as they come, or just between two doubles.
pub fn spelt(rng: &mut Rng) -> String {
    let sign = if rng.bool() { "-" } else { "" };
    match rng.u8(..4) {
        // 17 significant digits name every double.
        0 => format!("{:.16e}", finite(rng)),
        1 => format!("{:e}", finite(rng)),
        2 => {
            let digits: String = (0..rng.usize(1..25)).map(|_| rng.digit(10)).collect();
            format!("{sign}{}.{digits}e{}", rng.u8(..10), rng.i32(-345..312))
        }
        _ => {
            let half = 2 * u128::from(rng.u64(1 << 52..1 << 53)) + 1;
            let half = half << rng.u32(..70);
            match rng.u8(..4) {
                0 => format!("{sign}{}", half - 1),
                1 => format!("{sign}{}", half + 1),
                2 => format!("{sign}{half}.{}1", "0".repeat(rng.usize(..800))),
                _ => format!("{sign}{half}"),
            }
        }
    }
}

fn finite(rng: &mut Rng) -> f64 {
    loop {
        let double = f64::from_bits(rng.u64(..));
        if double.is_finite() {
            return double;
        }
    }
}
