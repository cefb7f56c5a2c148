//! Bodies that were encoded: as a JSON string, in base64, as a form, compressed.

use alloc::{string::String, vec, vec::Vec};

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD};
use miniz_oxide::inflate::{decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit};

use crate::{canonical::canonicalize_to_vec, json};

/// The contents of a text that is one JSON string.
pub(super) fn quoted(text: &str) -> Option<String> {
    let contents = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    canonicalize_to_vec(text.trim().as_bytes()).ok()?;
    Some(json::unescape(contents).into_owned())
}

/// Tools break it into lines.
pub(super) fn of_base64(body: &[u8]) -> Vec<Vec<u8>> {
    let is_of_base64 =
        |byte: &u8| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/-_=".contains(byte);
    if !body.iter().all(is_of_base64) {
        return Vec::new();
    }
    let joined: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    [&BASE64, &BASE64_NOPAD, &BASE64URL, &BASE64URL_NOPAD]
        .iter()
        .filter_map(|coding| coding.decode(&joined).ok())
        .collect()
}

/// The value of the first field, or its name where all of the body became that; a plus is a blank or itself.
pub(super) fn of_form(text: &str) -> Vec<Vec<u8>> {
    if !text.contains("%7B") && !text.contains("%7b") {
        return Vec::new();
    }
    let field = text.split('&').next().unwrap_or_default();
    let (name, value) = field.split_once('=').unwrap_or((field, ""));
    let text = if value.is_empty() { name } else { value };
    vec![percent_decoded(text, b' '), percent_decoded(text, b'+')]
}

fn percent_decoded(text: &str, plus: u8) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                decoded.push(code);
                at += 2;
            }
            (b'+', _) => decoded.push(plus),
            _ => decoded.push(byte),
        }
        at += 1;
    }
    decoded
}

/// Of deflate (RFC 1951), in gzip (RFC 1952), in zlib (RFC 1950) or bare.
pub(super) fn inflated(body: &[u8]) -> Option<Vec<u8>> {
    match body {
        [0x1f, 0x8b, 8, flags, ..] => decompress_to_vec_with_limit(after_head(body, *flags)?, MOST_INFLATED).ok(),
        [0x78, ..] => decompress_to_vec_zlib_with_limit(body, MOST_INFLATED).ok(),
        // What is text is not compressed.
        _ if core::str::from_utf8(body).is_err() => decompress_to_vec_with_limit(body, MOST_INFLATED).ok(),
        _ => None,
    }
}

/// What follows gzip's head.
fn after_head(body: &[u8], flags: u8) -> Option<&[u8]> {
    let mut rest = body.get(10..)?;
    if flags & EXTRA != 0 {
        let length = usize::from(u16::from_le_bytes(*rest.first_chunk()?));
        rest = rest.get(2 + length..)?;
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            rest = rest.get(rest.iter().position(|byte| *byte == 0)? + 1..)?;
        }
    }
    if flags & CHECKSUM == 0 { Some(rest) } else { rest.get(2..) }
}

const CHECKSUM: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
/// As much as a webhook takes unless it is told otherwise.
const MOST_INFLATED: usize = 1024 * 1024;
