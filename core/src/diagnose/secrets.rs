//! What a configured secret may have been before something changed it.

use alloc::{string::String, vec::Vec};

use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};

use super::Cause;
use crate::webhook::is_invisible;

/// Each with the mistake that it undoes.
pub(super) fn undone(secret: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let mut undone: Vec<(Cause, Vec<u8>)> = Vec::new();
    let mut add = |cause, key: &[u8]| {
        if !key.is_empty() && key != secret && !undone.iter().any(|(_, known)| known == key) {
            undone.push((cause, key.to_vec()));
        }
    };
    if let Ok(text) = core::str::from_utf8(secret) {
        let trimmed = text.trim();
        add(Cause::SecretHasBlanks, trimmed.as_bytes());
        let visible: String = text.chars().filter(|&character| character != '\u{feff}' && !is_invisible(character)).collect();
        add(Cause::SecretHasInvisibleCharacters, visible.trim().as_bytes());
        let visible = visible.trim();
        add(Cause::SecretIsQuoted, visible.trim_matches(QUOTES).trim().as_bytes());
        let bare = visible.trim_matches(QUOTES);
        if let Some((_, rest)) = bare.split_once(['=', ':', ' ']).filter(|(_, rest)| !rest.is_empty()) {
            add(Cause::SecretHasPrefix, rest.trim().trim_matches(QUOTES).as_bytes());
        }
        for prefix in PREFIXES {
            if let Some(rest) = bare.strip_prefix(prefix) {
                add(Cause::SecretHasPrefix, rest.as_bytes());
            }
        }
        add(Cause::SecretIsEscaped, unescaped(bare).as_bytes());
        add(Cause::SecretIsEscaped, bare.replace("$$", "$").as_bytes());
        if let Ok(decoded) = HEXLOWER_PERMISSIVE.decode(bare.as_bytes()) {
            add(Cause::SecretInHex, &decoded);
        }
        for coding in [&BASE64, &BASE64_NOPAD] {
            if let Ok(decoded) = coding.decode(bare.as_bytes()) {
                add(Cause::SecretInBase64, decoded.strip_suffix(b"\n").unwrap_or(&decoded));
                add(Cause::SecretInBase64, &decoded);
            }
        }
        add(Cause::SecretInOtherCase, bare.to_lowercase().as_bytes());
        add(Cause::SecretInOtherCase, bare.to_uppercase().as_bytes());
    }
    add(Cause::SecretDecodedFromHex, HEXLOWER.encode(secret).as_bytes());
    add(Cause::SecretDecodedFromBase64, BASE64.encode(secret).as_bytes());
    add(Cause::SecretDecodedFromBase64, BASE64_NOPAD.encode(secret).as_bytes());
    undone
}

/// What it is, where it cannot be the secret of a webhook.
pub(super) fn nature(secret: &[u8]) -> Option<Cause> {
    let text = core::str::from_utf8(secret).ok()?.trim();
    let lower = text.to_lowercase();
    if text.is_empty() || LITERALS.contains(&lower.as_str()) {
        return Some(Cause::SecretIsLiteral);
    }
    if text.starts_with("eyJ") && text.split('.').count() == 3 {
        return Some(Cause::SecretIsApiKey);
    }
    if is_uuid(text) {
        return Some(Cause::SecretIsId);
    }
    let is_placeholder = (text.starts_with('<') && text.ends_with('>')) || PLACEHOLDERS.iter().any(|word| lower.contains(word));
    is_placeholder.then_some(Cause::SecretIsPlaceholder)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Each backslash that protects what follows is gone.
fn unescaped(text: &str) -> String {
    let mut characters = text.chars();
    let mut bare = String::new();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => bare.extend(characters.next()),
            (character, false) => bare.push(character),
        }
    }
    bare
}

const QUOTES: [char; 7] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];
/// Of other products' secrets, and of headers.
const PREFIXES: [&str; 3] = ["whsec_", "sha256=", "Bearer "];
const LITERALS: [&str; 7] = ["undefined", "null", "none", "nil", "nan", "[object object]", "(null)"];
const PLACEHOLDERS: [&str; 9] =
    ["your-secret", "your_secret", "yoursecret", "changeme", "change-me", "change_me", "placeholder", "todo", "xxxx"];
