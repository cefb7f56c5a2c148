//! What a body may have been before something changed it.

use alloc::{string::String, vec::Vec};

use data_encoding::BASE64;
use unicode_normalization::UnicodeNormalization;

use super::{Cause, charset, python, style, wrapped};
use crate::{canonical::canonicalize_to_vec, json};

/// Each with the mistake that it undoes, the likeliest first.
pub(super) fn undone(body: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let mut undone: Vec<(Cause, Vec<u8>)> = Vec::new();
    let mut add = |cause, bytes: Vec<u8>| {
        if bytes != body && !bytes.is_empty() {
            undone.push((cause, bytes));
        }
    };
    if let Ok(canonical) = canonicalize_to_vec(body) {
        add(style::of(body), canonical);
    }
    if let Some(rest) = body.strip_prefix(b"\xef\xbb\xbf") {
        add(Cause::BodyHasByteOrderMark, rest.to_vec());
    }
    add(Cause::BodyLineEndAdded, body.trim_ascii_end().to_vec());
    add(Cause::BodyLineEndTaken, [body, b"\n"].concat());
    add(Cause::BodyLineEndTaken, [body, b"\r\n"].concat());
    for (cause, bytes) in charset::undone(body) {
        add(cause, bytes);
    }
    if let Some(bytes) = inflated(body) {
        add(Cause::BodyCompressed, bytes);
    }
    if let Ok(bytes) = BASE64.decode(body.trim_ascii()) {
        add(Cause::BodyInBase64, bytes);
    }
    let Ok(text) = core::str::from_utf8(body) else { return undone };
    if text.contains("\r\n") {
        add(Cause::BodyLineEndsChanged, text.replace("\r\n", "\n").into_bytes());
    }
    if let Some(contents) = quoted(text) {
        add(Cause::BodyQuoted, contents.into_bytes());
    }
    for decoded in form(text) {
        add(Cause::BodyFormEncoded, decoded);
    }
    for (cause, bytes) in wrapped::undone(text) {
        add(cause, bytes);
    }
    if let Some(bytes) = python::bytes_of(text) {
        add(Cause::BodyIsPythonBytes, bytes);
    }
    if let Some(dict) = python::dict_of(text) {
        if let Ok(canonical) = canonicalize_to_vec(dict.as_bytes()) {
            add(Cause::BodyIsPythonDict, canonical);
        }
    }
    if !text.is_ascii() {
        add(Cause::BodyNormalized, text.nfc().collect::<String>().into_bytes());
        add(Cause::BodyNormalized, text.nfd().collect::<String>().into_bytes());
    }
    undone
}

/// The contents of a text that is one JSON string.
fn quoted(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with('"') || text.len() < 2 {
        return None;
    }
    canonicalize_to_vec(text.as_bytes()).ok()?;
    Some(json::unescape(&text[1..text.len() - 1]).into_owned())
}

/// The value of a form's first field, or its name where all of the body became that.
fn form(text: &str) -> Vec<Vec<u8>> {
    if !text.contains("%7B") && !text.contains("%7b") {
        return Vec::new();
    }
    let value = text.split_once('=').map_or(text, |(_, value)| value);
    let value = value.split_once('&').map_or(value, |(value, _)| value);
    let name = text.strip_suffix('=').unwrap_or(text);
    [value, name].into_iter().flat_map(|text| [percent_decoded(text, b' '), percent_decoded(text, b'+')]).collect()
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

/// Of gzip (RFC 1952), zlib (RFC 1950) or bare deflate.
fn inflated(body: &[u8]) -> Option<Vec<u8>> {
    match body {
        [0x1f, 0x8b, 8, flags, rest @ ..] => {
            let mut rest = rest.get(6..)?;
            if flags & EXTRA != 0 {
                let length = usize::from(u16::from_le_bytes(*rest.first_chunk()?));
                rest = rest.get(2 + length..)?;
            }
            for flag in [NAME, COMMENT] {
                if flags & flag != 0 {
                    rest = rest.get(rest.iter().position(|byte| *byte == 0)? + 1..)?;
                }
            }
            if flags & CHECKSUM != 0 {
                rest = rest.get(2..)?;
            }
            miniz_oxide::inflate::decompress_to_vec_with_limit(rest, MOST_INFLATED).ok()
        }
        [0x78, ..] => miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(body, MOST_INFLATED).ok(),
        _ => None,
    }
}

const CHECKSUM: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
/// As much as a webhook takes unless it is told otherwise.
const MOST_INFLATED: usize = 1024 * 1024;
