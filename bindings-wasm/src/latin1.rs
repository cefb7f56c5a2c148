//! Latin-1 to UTF-8 and back, for a host that keeps texts so and is slow to convert them (see bindings-js/src/wasm/latin1.ts).
//!
//! Sixteen bytes at a time where they are ASCII, as most are.

/// Spells the Latin-1 in the second half of `bytes` as UTF-8, from their beginning on, and returns how long that is. What
/// was not read yet is never overwritten: a character becomes two bytes at most.
pub(crate) fn widen(bytes: &mut [u8]) -> usize {
    let (mut from, mut to) = (bytes.len() / 2, 0);
    while let Some(&byte) = bytes.get(from) {
        if let Some(chunk) = ascii_at(bytes, from) {
            bytes[to..to + WORD].copy_from_slice(&chunk);
            (from, to) = (from + WORD, to + WORD);
        } else if byte.is_ascii() {
            bytes[to] = byte;
            (from, to) = (from + 1, to + 1);
        } else {
            [bytes[to], bytes[to + 1]] = [0xc0 | byte >> 6, 0x80 | byte & 0x3f];
            (from, to) = (from + 1, to + 2);
        }
    }
    to
}

/// Spells UTF-8 as Latin-1 in `out` and returns how long that is, if it fits and there is nothing else in it.
pub(crate) fn narrow(bytes: &[u8], out: &mut [u8]) -> Option<usize> {
    let (mut from, mut to) = (0, 0);
    while let Some(&byte) = bytes.get(from) {
        if let (Some(chunk), Some(room)) = (ascii_at(bytes, from), out.get_mut(to..to + WORD)) {
            room.copy_from_slice(&chunk);
            (from, to) = (from + WORD, to + WORD);
        } else {
            let (unit, length) = match byte {
                0..0x80 => (byte, 1),
                0xc2 | 0xc3 => (byte << 6 | bytes.get(from + 1)? & 0x3f, 2),
                _ => return None,
            };
            *out.get_mut(to)? = unit;
            (from, to) = (from + length, to + 1);
        }
    }
    Some(to)
}

const WORD: usize = 16;

fn ascii_at(bytes: &[u8], at: usize) -> Option<[u8; WORD]> {
    let chunk = bytes.get(at..)?.first_chunk::<WORD>()?;
    (u128::from_ne_bytes(*chunk) & u128::from_ne_bytes([0x80; WORD]) == 0).then_some(*chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_and_every_place_of_one_in_a_word() {
        let every: String = (0..=0xff_u8).map(char::from).collect();
        let shifted = (0..20).map(|ascii| "a".repeat(ascii) + &every + &"é".repeat(ascii) + "abcdefghi");
        for text in shifted.chain([String::new(), "é".to_owned(), "a".repeat(64)]) {
            let latin1: Vec<u8> = text.chars().map(|character| u8::try_from(character).unwrap()).collect();
            let mut room = vec![0; text.len()];
            assert_eq!(narrow(text.as_bytes(), &mut room), Some(latin1.len()));
            assert_eq!(room[..latin1.len()], latin1);

            let mut bytes = [vec![0; latin1.len()], latin1].concat();
            let length = widen(&mut bytes);
            assert_eq!(&bytes[..length], text.as_bytes());
        }
    }

    #[test]
    fn what_is_not_latin1_or_does_not_fit_is_left_alone() {
        for text in ["Ā", "aaaaaaaaé日", "aaaaaaaa😀"] {
            assert_eq!(narrow(text.as_bytes(), &mut [0; 64]), None, "{text}");
        }
        for bytes in 0..20 {
            assert_eq!(narrow("aaaaaaaaaaaaaaaaaaaé".as_bytes(), &mut vec![0; bytes]), None);
        }
    }
}
