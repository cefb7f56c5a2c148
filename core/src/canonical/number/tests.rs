use std::{format, string::String, vec, vec::Vec};

use super::{Reading, Spelling, canonical, decimal::parse, end_of_digits, scan, short_decimal};

fn is_taken_as_canonical(number: &str) -> bool {
    let token = scan(number.as_bytes(), 0).unwrap();
    assert_eq!(token.end, number.len(), "{number}");
    let has_layout = token.spelling != Spelling::Foreign;
    let reading = short_decimal::read(number.as_bytes(), has_layout);
    if let Some(Reading::Double(value)) = reading {
        assert_eq!(value.to_bits(), number.parse::<f64>().unwrap().to_bits(), "{number}");
    }
    token.spelling == Spelling::Canonical || matches!(reading, Some(Reading::Shortest))
}

/// By way of the double.
fn printed(number: &str) -> String {
    let value: f64 = number.parse().unwrap();
    if value.is_finite() { ryu_js::Buffer::new().format_finite(value).into() } else { "null".into() }
}

/// What is passed on without a float must be what the float would print.
#[test]
fn the_short_way_agrees_with_the_long_one() {
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
    let mut taken = 0;
    for whole in wholes {
        for fraction in &fractions {
            for sign in ["", "-"] {
                let number = format!("{sign}{whole}{fraction}");
                if is_taken_as_canonical(&number) {
                    assert_eq!(printed(&number), number);
                    taken += 1;
                }
            }
        }
    }
    assert!(taken > 100, "{taken}");
}

/// Doubles as they are printed, with 16 and 17 digits and their neighbours: what is taken for the shortest is.
#[test]
fn the_shortest_spelling_is_told_without_a_float() {
    let mut random = random();
    let (mut known, mut missed) = (0, 0);
    let mut check = |number: &str| {
        let is_shortest = printed(number) == number;
        let is_taken = is_taken_as_canonical(number);
        assert!(is_shortest || !is_taken, "{number}");
        if number.len() > 17 {
            known += u32::from(is_taken);
            missed += u32::from(is_shortest && !is_taken);
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

/// The numbers of real records go the short way.
#[test]
fn everyday_numbers_need_no_float() {
    for number in
        ["0", "1", "-1", "-1.5", "1735066639761", "2500000000000", "48.8566", "-122.419416", "0.1", "0.000001"]
    {
        assert!(is_taken_as_canonical(number), "{number}");
    }
}

#[test]
fn an_offence_is_where_the_grammar_ends() {
    for (number, offset) in
        [("-", 1), ("-a", 1), ("1.", 2), ("1.e", 2), ("1e", 2), ("1e+", 3), ("1e+x", 3), ("0.e1", 2)]
    {
        assert_eq!(scan(number.as_bytes(), 0).err(), Some(offset), "{number}");
    }
    // What follows a whole number is not the number's business.
    assert_eq!(scan(b"01", 0).map(|token| token.end), Ok(1));
}

/// Every byte value at every place of a word and beside it.
#[test]
fn digits_end_at_the_first_other_byte() {
    let (bytes_to_try, lengths) = bytes_and_lengths();
    for &length in lengths {
        for place in 0..length {
            for &byte in bytes_to_try.iter().filter(|byte| !byte.is_ascii_digit()) {
                let mut bytes: Vec<u8> = (b'0'..=b'9').cycle().take(length).collect();
                bytes[place] = byte;
                assert_eq!(end_of_digits(&bytes, 0), place, "{byte} at {place} of {length}");
            }
        }
        assert_eq!(end_of_digits(&vec![b'7'; length], 0), length);
    }
    assert_eq!(end_of_digits(b"1", 5), 5);
}

/// Every byte and some lengths around a word; with Miri, which takes minutes for all of them, those at the edges.
fn bytes_and_lengths() -> (Vec<u8>, &'static [usize]) {
    if cfg!(miri) {
        (b"\x00\x1f !\"#/0:9[\\]\x7f\x80\xff".to_vec(), &[0, 1, 7, 8, 9, 17])
    } else {
        ((0..=255).collect(), &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
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
            assert_eq!(parse(number.as_bytes()).to_bits(), expected.to_bits(), "{number}");
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
        assert_eq!(parse(number.as_bytes()).to_bits(), number.parse::<f64>().unwrap().to_bits(), "{number}");
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
        assert_eq!(canonical(number, Spelling::Unknown, &mut ryu_js::Buffer::new()), expected, "{number}");
    }
}
