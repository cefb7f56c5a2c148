//! Spans of time, for people.

use core::fmt;

/// Milliseconds, told in the two largest units that have something to tell: `5 min 1 ms`.
pub(crate) struct Span(pub(crate) u64);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut rest, mut told) = (self.0, 0);
        for (name, millis) in UNITS {
            let number = rest / millis;
            // Of nothing at all the last unit tells.
            if (number > 0 && told < 2) || (self.0 == 0 && millis == 1) {
                write!(f, "{}{number} {name}", if told > 0 { " " } else { "" })?;
                told += 1;
            }
            rest %= millis;
        }
        Ok(())
    }
}

const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1)];

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::Span;

    #[test]
    fn are_told_in_two_units() {
        for (millis, told) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (300_000, "5 min"),
            (300_001, "5 min 1 ms"),
            (5_400_000, "1 h 30 min"),
            (93_784_005, "1 d 2 h"),
            (1_735_066_639_761, "20081 d 18 h"),
        ] {
            assert_eq!(Span(millis).to_string(), told);
        }
    }
}
