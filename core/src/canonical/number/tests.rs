use std::{format, string::String, vec::Vec};

use super::{Decimal, is_canonical, respelt};
use crate::json::number::{Token, scan};

fn token(number: &str) -> Token {
    let token = scan(number.as_bytes(), 0).unwrap();
    assert_eq!(token.end, number.len(), "{number}");
    token
}

fn spelt(number: &str) -> String {
    let (text, token) = (number.as_bytes(), token(number));
    let spelling = if is_canonical(text, &token) { None } else { respelt(text, &token) };
    spelling.map_or(number.into(), |spelling| String::from_utf8(spelling.to_vec()).unwrap())
}

fn is_told_without_a_float(number: &str) -> bool {
    Decimal::read(number.as_bytes(), &token(number)).first().is_shortest()
}

fn parse(number: &str) -> f64 {
    let decimal = Decimal::read(number.as_bytes(), &token(number));
    let magnitude = decimal.to_double(&decimal.first());
    if number.starts_with('-') { -magnitude } else { magnitude }
}

/// By way of the double.
fn printed(number: &str) -> String {
    let value: f64 = number.parse().unwrap();
    if value.is_finite() { ryu_js::Buffer::new().format_finite(value).into() } else { "null".into() }
}

#[test]
fn a_spelling_is_what_the_float_prints() {
    let fractions: Vec<String> = [
        "",
        ".0",
        ".5",
        ".50",
        ".25",
        ".1",
        ".000001",
        ".0000001",
        ".00000123",
        ".123456789012",
        ".12345678901234",
        ".123456789012345",
        ".99999999999999",
        "e0",
        "e5",
        "E+5",
        "e-7",
        "e21",
        "e400",
    ]
    .into_iter()
    .map(String::from)
    .chain((0..18).map(|zeros| format!(".{}1", "0".repeat(zeros))))
    .collect();
    let wholes = [
        "0",
        "1",
        "9",
        "10",
        "123",
        "4503599627370496",
        "999999999999999",
        "9007199254740993",
        "9007199254740995",
        "100000000000000000000",
        "1000000000000000000000",
    ];
    for whole in wholes {
        for fraction in &fractions {
            for sign in ["", "-"] {
                let number = format!("{sign}{whole}{fraction}");
                assert_eq!(spelt(&number), printed(&number), "{number}");
            }
        }
    }
}

/// Doubles as they are printed, with 16 and 17 digits and their neighbours.
#[test]
fn the_shortest_spelling_is_told_without_a_float() {
    let mut random = random();
    let (mut known, mut missed) = (0, 0);
    let mut check = |number: &str| {
        let (found, expected) = (spelt(number), printed(number));
        assert_eq!(found, expected, "{number}");
        if number.len() > 17 {
            let is_told = is_told_without_a_float(number);
            known += u32::from(is_told);
            missed += u32::from(expected == number && !is_told);
        }
    };
    for round in 0..if cfg!(miri) { 5 } else { 100_000 } {
        let bits = random();
        // A third each: any double, one near an everyday size, one near a power of two.
        let value = f64::from_bits(match round % 3 {
            0 => bits,
            1 => bits >> 12 | (1023 - 27 + bits % 80) << 52,
            _ => bits & 0xfff0_0000_0000_0000 | (bits % 16),
        });
        if !value.is_finite() {
            continue;
        }
        check(ryu_js::Buffer::new().format_finite(value));
        for digits in [15, 16, 17] {
            let printed = format!("{value:.*e}", digits - 1);
            let (mantissa, exponent) = printed.split_once('e').unwrap();
            let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
            let word: u64 = mantissa.replace('.', "").parse().unwrap();
            let exponent: i32 = exponent.parse().unwrap();
            for word in word - 2..=word + 2 {
                let word = format!("{word}");
                let exponent_sign = if exponent < 0 { "" } else { "+" };
                check(&format!("{sign}{}.{}e{exponent_sign}{exponent}", &word[..1], &word[1..]));
                check(&plain(sign, &word, exponent));
            }
        }
    }
    assert!(known > 9 * missed, "{known} known, {missed} not known");
}

/// Without an exponent, up to so many zeros.
fn plain(sign: &str, word: &str, exponent: i32) -> String {
    match usize::try_from(exponent) {
        Ok(whole) if whole + 1 < word.len() => format!("{sign}{}.{}", &word[..=whole], &word[whole + 1..]),
        Ok(whole) => format!("{sign}{word}{}", "0".repeat((whole + 1 - word.len()).min(30))),
        Err(_) => format!("{sign}0.{}{word}", "0".repeat((exponent.unsigned_abs() as usize - 1).min(30))),
    }
}

/// Marsaglia's xorshift.
fn random() -> impl FnMut() -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

#[test]
fn everyday_numbers_are_told_by_their_layout() {
    for number in
        ["0", "1", "-1", "-1.5", "1735066639761", "2500000000000", "48.8566", "-122.419416", "0.1", "0.000001"]
    {
        assert!(is_canonical(number.as_bytes(), &token(number)), "{number}");
    }
}

/// The standard library's parser is the oracle.
#[test]
fn numbers_are_read_as_the_nearest_double() {
    let mut next = random();
    for _ in 0..if cfg!(miri) { 3 } else { 100_000 } {
        let bits = next();
        let (low, high) = (f64::from_bits(bits), f64::from_bits(bits + 1));
        if !low.is_finite() || !high.is_finite() {
            continue;
        }
        let digits = next();
        let exponent = i32::from(next().to_le_bytes()[0]) * 3 - 400;
        for number in [
            format!("{low:e}"),
            format!("{low}"),
            format!("{low:.30}"),
            format!("{low:.800e}"), // far beyond the digits that decide
            format!("{digits}5e{exponent}"),
            format!("-0.{}{digits}E+{}", "0".repeat(usize::from(next().to_le_bytes()[0])), next() % 400),
            format!("{digits}{}.{digits}e{exponent}", next()),
        ] {
            let expected: f64 = number.parse().unwrap();
            assert_eq!(parse(&number).to_bits(), expected.to_bits(), "{number}");
        }
    }
    // Half-way between two doubles, below and above an even one, and a digit beyond it.
    for number in [
        "90071992547409950e-1",
        "90071992547409930e-1",
        "9007199254740995",
        "9007199254740993",
        "9007199254740993.0",
        "9007199254740993.00000000000000000000000000000000001",
    ] {
        assert_eq!(parse(number).to_bits(), number.parse::<f64>().unwrap().to_bits(), "{number}");
    }
    for (number, expected) in [
        ("1e400", "null"),
        ("-1e400", "null"),
        ("1e99999999999999999999", "null"),
        ("1e-99999999999999999999", "0"),
        ("-0e5", "0"),
        ("4.9e-324", "5e-324"),
        ("2.4703282292062327e-324", "0"),
        ("2.4703282292062328e-324", "5e-324"),
    ] {
        assert_eq!(spelt(number), expected, "{number}");
    }
}
