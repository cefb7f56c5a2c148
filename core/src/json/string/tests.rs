use std::{format, vec, vec::Vec};

use super::{Escapes, find_special, scan, unescape};

/// Every byte value at every place of a word and beside it.
#[test]
fn special_bytes_are_found_where_they_are() {
    let (bytes_to_try, lengths) = bytes_and_lengths();
    for &length in lengths {
        for place in 0..=length {
            for &byte in &bytes_to_try {
                let mut bytes = vec![b'a'; length];
                bytes.insert(place, byte);
                // What lies behind must not be seen first.
                bytes.push(b'"');
                let expected = if matches!(byte, b'"' | b'\\' | 0..=0x1f) { place } else { length + 1 };
                assert_eq!(find_special(&bytes, 0), expected, "{byte} at {place} of {length}");
            }
        }
    }
    assert_eq!(find_special(b"abc", 1), 3);
    assert_eq!(find_special(b"", 0), 0);
}

/// The same behind an escape, from where words are taken apart; there is no escape `\a`.
#[test]
fn special_bytes_behind_an_escape_are_found_where_they_are() {
    let (bytes_to_try, lengths) = bytes_and_lengths();
    for &length in lengths {
        for place in 0..length {
            for &byte in &bytes_to_try {
                let mut literal = [b"\\n".to_vec(), vec![b'a'; length], b"\"".to_vec()].concat();
                literal[2 + place] = byte;
                let expected = match byte {
                    b'"' => Ok(2 + place),
                    // It escapes the closing quote, and there is no other.
                    b'\\' if place == length - 1 => Err(literal.len()),
                    b'\\' => Err(2 + place + 1),
                    0..=0x1f => Err(2 + place),
                    _ => Ok(2 + length),
                };
                assert_eq!(scan(&literal, 0).map(|token| token.end), expected, "{byte} at {place} of {length}");
            }
        }
    }
}

/// Escapes wherever a word can begin or end in one.
#[test]
fn escapes_side_by_side() {
    let most = if cfg!(miri) { 5 } else { 20 };
    for before in 0..most {
        for escapes in 0..most {
            for escape in [r#"\""#, r"\\", r"\u00e9", r"\/"] {
                let contents = format!("{}{}é", "a".repeat(before), escape.repeat(escapes));
                let end = scan(format!("{contents}\"b").as_bytes(), 0).map(|token| token.end);
                assert_eq!(end, Ok(contents.len()), "{contents}");
            }
        }
    }
}

#[test]
fn escapes_are_told_apart() {
    for (literal, escapes) in [
        (r#"plain""#, Escapes::None),
        (r#"""#, Escapes::None),
        (r#"\n\t\"\\\b\f\r""#, Escapes::Short),
        (r#"\/""#, Escapes::Optional),
        (r#"\n\u0041\n""#, Escapes::Optional),
    ] {
        let token = scan(literal.as_bytes(), 0).unwrap();
        assert!(token.escapes == escapes && token.end == literal.len() - 1, "{literal}");
    }
}

#[test]
fn surrogates_pair_up_or_are_replaced() {
    for (contents, text) in [
        (r"\ud83d\ude00", "😀"),
        (r"\uD83D\uDE00", "😀"),
        (r"\ud83d", "\u{fffd}"),
        (r"\uDE00\uD83D", "\u{fffd}\u{fffd}"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
        (r"\ud83dx\ude00", "\u{fffd}x\u{fffd}"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\u0000\u001F\u007f\u2028\/", "\0\u{1f}\u{7f}\u{2028}/"),
        (r"\u0022\u005c\u0008\u000C", "\"\\\u{8}\u{c}"),
    ] {
        assert_eq!(unescape(contents), text);
    }
}

/// Every byte and some lengths around a word; with Miri, which takes minutes for all of them, those at the edges.
fn bytes_and_lengths() -> (Vec<u8>, &'static [usize]) {
    if cfg!(miri) {
        (b"\x00\x1f !\"#/0:9[\\]\x7f\x80\xff".to_vec(), &[0, 1, 7, 8, 9, 17])
    } else {
        ((0..=255).collect(), &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
    }
}
