//! Encodings of letters, undone.

use alloc::{string::String, vec::Vec};

use super::Cause;

pub(super) fn undone(body: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let mut undone = Vec::new();
    undone.extend(utf_16(body).map(|text| (Cause::BodyInUtf16, text.into_bytes())));
    match core::str::from_utf8(body) {
        Err(_) => {
            let text: String = body.iter().map(|&byte| letter(byte)).collect();
            undone.push((Cause::BodyInLatin1, text.into_bytes()));
        }
        Ok(text) if !text.is_ascii() => {
            let bytes: Option<Vec<u8>> = text.chars().map(byte_of).collect();
            let bytes = bytes.filter(|bytes| core::str::from_utf8(bytes).is_ok());
            undone.extend(bytes.map(|bytes| (Cause::BodyDecodedAsLatin1, bytes)));
        }
        Ok(_) => {}
    }
    undone
}

/// In JSON every other byte of UTF-16 is zero, at least at the beginning.
pub(super) fn utf_16(body: &[u8]) -> Option<String> {
    let (text, is_little_endian) = match body {
        [0xff, 0xfe, text @ ..] => (text, true),
        [0xfe, 0xff, text @ ..] => (text, false),
        [b'{', 0, ..] => (body, true),
        [0, b'{', ..] => (body, false),
        _ => return None,
    };
    if text.len() % 2 != 0 {
        return None;
    }
    let units = text.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if is_little_endian { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    });
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

/// In Windows-1252, as the Encoding Standard has it.
fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte that a letter was decoded from, in Windows-1252 or in Latin-1.
fn byte_of(letter: char) -> Option<u8> {
    let of_windows = || WINDOWS_1252.iter().position(|known| *known == letter);
    u8::try_from(u32::from(letter)).ok().or_else(|| Some(0x80 + u8::try_from(of_windows()?).ok()?))
}

/// From 0x80 on.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

    use super::*;

    #[test]
    fn every_byte_is_the_letter_of_the_standard_and_back() {
        for byte in 0..=255 {
            let bytes = [byte];
            let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            assert_eq!(decoded.chars().collect::<Vec<_>>(), [letter(byte)], "{byte:#x}");
            assert_eq!(byte_of(letter(byte)), Some(byte));
        }
        assert_eq!((byte_of('\u{85}'), byte_of('ā')), (Some(0x85), None));
    }

    #[test]
    fn utf_16_of_either_order_with_and_without_a_mark() {
        for (encoding, units) in [(UTF_16LE, u16::to_le_bytes as fn(u16) -> [u8; 2]), (UTF_16BE, u16::to_be_bytes)] {
            for start in ["", "\u{feff}"] {
                let text = alloc::format!("{start}{{\"é\":\"😀\"}}");
                let bytes: Vec<u8> = text.encode_utf16().flat_map(units).collect();
                let (expected, had_errors) = encoding.decode_with_bom_removal(&bytes);
                assert!(!had_errors);
                assert_eq!(utf_16(&bytes).as_deref(), Some(&*expected));
                assert_eq!(utf_16(&bytes[..bytes.len() - 1]), None);
            }
        }
        assert_eq!(utf_16(b"\xff\xfe\x00\xd8"), None);
    }
}
