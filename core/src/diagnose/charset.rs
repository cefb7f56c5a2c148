//! Encodings of letters, undone.

use alloc::{string::String, vec::Vec};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Cause;

pub(super) fn undone(body: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let mut undone = Vec::new();
    // In JSON every other byte of UTF-16 is zero, at least at the beginning.
    let utf_16 = match body {
        [0xff, 0xfe, ..] | [b'{', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'{', ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf_16 {
        let (text, had_errors) = encoding.decode_with_bom_removal(body);
        if !had_errors {
            undone.push((Cause::BodyInUtf16, text.into_owned().into_bytes()));
        }
    }
    match core::str::from_utf8(body) {
        Err(_) => undone
            .push((Cause::BodyInLatin1, WINDOWS_1252.decode_without_bom_handling(body).0.into_owned().into_bytes())),
        Ok(text) if !text.is_ascii() => {
            let bytes = bytes_of(text).filter(|bytes| core::str::from_utf8(bytes).is_ok());
            undone.extend(bytes.map(|bytes| (Cause::BodyDecodedAsLatin1, bytes)));
        }
        Ok(_) => {}
    }
    undone
}

/// The bytes that a text was decoded from, taken as Latin-1 or Windows-1252.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        if let Ok(byte) = u8::try_from(u32::from(character)) {
            bytes.push(byte);
        } else {
            let letter = String::from(character);
            let (encoded, _, had_errors) = WINDOWS_1252.encode(&letter);
            if had_errors {
                return None;
            }
            bytes.extend_from_slice(&encoded);
        }
    }
    Some(bytes)
}
