use std::vec::Vec;

use super::{HEX_DIGITS, hex_text, parse};

/// Every byte value at every place; with Miri, which takes minutes for that, some.
#[test]
fn only_lowercase_digits_are_taken() {
    let genuine: Vec<u8> = (0..HEX_DIGITS).map(|place| b"0123456789abcdef"[place * 7 % 16]).collect();
    for place in (0..HEX_DIGITS).step_by(if cfg!(miri) { 9 } else { 1 }) {
        for byte in (0..=u8::MAX).step_by(if cfg!(miri) { 17 } else { 1 }) {
            let mut text = genuine.clone();
            text[place] = byte;
            let expected = matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            assert_eq!(parse(&text).is_ok(), expected, "{byte} at {place}");
        }
    }
    for length in [0, 1, 63, 65, 128] {
        assert!(parse(&[b'0'].repeat(length)).is_err(), "{length}");
    }
}

/// The crate `hex` is the oracle of each value.
#[test]
fn digits_are_their_bytes() {
    for first in (0..=u8::MAX).step_by(if cfg!(miri) { 64 } else { 1 }) {
        let bytes: Vec<u8> = (0..32).map(|place: u8| first.wrapping_add(place.wrapping_mul(37))).collect();
        let mut digits = [0; HEX_DIGITS];
        hex::encode_to_slice(&bytes, &mut digits).unwrap();
        let text = core::str::from_utf8(&digits).unwrap();
        assert_eq!(parse(text.as_bytes()).ok().map(Vec::from), Some(bytes.clone()));
        assert_eq!(hex_text::<HEX_DIGITS>(&bytes).as_str(), text);
    }
}
