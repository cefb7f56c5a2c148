use std::{format, string::String, vec::Vec};

use super::{canonical, scan};

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
