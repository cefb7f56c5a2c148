use std::{format, string::String, vec, vec::Vec};

use super::{canonical, end_of_digits, scan};

fn is_taken_as_canonical(number: &str) -> bool {
    let token = scan(number.as_bytes(), 0).unwrap();
    assert_eq!(token.end, number.len(), "{number}");
    token.canonical
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
                let mut buffer = ryu_js::Buffer::new();
                let printed = canonical(&number, &mut buffer);
                if is_taken_as_canonical(&number) {
                    assert_eq!(printed, number);
                    taken += 1;
                }
            }
        }
    }
    assert!(taken > 100, "{taken}");
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

/// The standard library's parser is the oracle of the small one.
#[cfg(feature = "small")]
#[test]
fn the_small_parser_rounds_correctly() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
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
            assert_eq!(super::parse(&number).to_bits(), expected.to_bits(), "{number}");
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
        assert_eq!(super::parse(number).to_bits(), number.parse::<f64>().unwrap().to_bits(), "{number}");
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
        assert_eq!(canonical(number, &mut ryu_js::Buffer::new()), expected, "{number}");
    }
}
