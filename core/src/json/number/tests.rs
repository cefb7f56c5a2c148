use std::{vec, vec::Vec};

use super::{end_of_digits, scan};

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
