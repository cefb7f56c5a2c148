//! What a configured secret may have been before something changed it.

use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};

use super::{Cause, search::Tried};
use crate::{mac, signature::hex_text, webhook::is_invisible};

mod looks;

pub(super) use looks::looks;

/// Each with the mistakes that it undoes.
pub(super) fn undone(secret: &[u8]) -> Vec<Tried<Vec<u8>>> {
    let mut undone: Vec<Tried<Vec<u8>>> = Vec::new();
    let mut add = |causes: &[Cause], key: &[u8]| {
        if !key.is_empty() && key != secret && !undone.iter().any(|known| known.of == key) {
            undone.push(Tried::undoing(causes, key.to_vec()));
        }
    };
    if let Ok(text) = core::str::from_utf8(secret) {
        let (bare, causes) = bare(text);
        add(&causes, bare.as_bytes());
        let mut add = |cause, key: &[u8]| add(&[causes.as_slice(), &[cause]].concat(), key);
        if let Some((cause, rest)) = without_end(&bare) {
            add(cause, rest.as_bytes());
        }
        for rest in without_start(&bare) {
            add(Cause::SecretHasPrefix, rest.as_bytes());
            if let Some((_, rest)) = without_end(rest) {
                add(Cause::SecretHasPrefix, rest.as_bytes());
            }
        }
        add(Cause::SecretIsEscaped, unescaped(&bare).as_bytes());
        add(Cause::SecretIsEscaped, bare.replace("$$", "$").as_bytes());
        for (cause, key) in decoded(&bare) {
            add(cause, key.strip_suffix(b"\n").unwrap_or(&key));
            add(cause, &key);
        }
        add(Cause::SecretInOtherCase, bare.to_lowercase().as_bytes());
        add(Cause::SecretInOtherCase, bare.to_uppercase().as_bytes());
    }
    add(&[Cause::SecretDecodedFromHex], HEXLOWER.encode(secret).as_bytes());
    for coding in [&BASE64, &BASE64_NOPAD, &BASE64URL, &BASE64URL_NOPAD] {
        add(&[Cause::SecretDecodedFromBase64], coding.encode(secret).as_bytes());
    }
    undone
}

/// Eight hex digits by which the secrets of two places can be compared without showing them. They are the same in every language.
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::fingerprint;
///
/// assert_eq!(fingerprint(b"a secret").len(), 8);
/// assert_ne!(fingerprint(b"a secret"), fingerprint(b"a secret\n"));
/// ```
pub fn fingerprint(secret: &[u8]) -> String {
    // Of a tag of its own, so that no table of digests has it.
    let mut mac = mac::Key::new(secret).start();
    mac.feed(b"twenty-webhook/fingerprint/1");
    hex_text::<8>(&mac.tag()[..4]).as_str().to_string()
}

/// Without what nobody sees, without blanks and quotes around it; and which of these it had.
fn bare(text: &str) -> (String, Vec<Cause>) {
    let mut causes = vec![];
    let trimmed = text.trim();
    if trimmed != text {
        causes.push(Cause::SecretHasBlanks);
    }
    let is_seen =
        |&character: &char| character.is_whitespace() || (character != '\u{feff}' && !is_invisible(character));
    let visible: String = trimmed.chars().filter(is_seen).collect();
    if visible != trimmed {
        causes.push(Cause::SecretHasInvisibleCharacters);
    }
    let visible = visible.trim();
    // Quotes behind a name are that line's.
    let is_line = !visible.starts_with(QUOTES) && visible.contains(['=', ':']);
    let unquoted = if is_line { visible } else { visible.trim_matches(QUOTES).trim() };
    if unquoted != visible {
        causes.push(Cause::SecretIsQuoted);
    }
    (unquoted.into(), causes)
}

/// What follows each sign that may end a name, the shortest last, and known starts of secrets and headers.
fn without_start(bare: &str) -> impl Iterator<Item = &str> {
    let named = bare.match_indices(['=', ':', ' ']).take(MOST_STARTS).map(|(at, _)| &bare[at + 1..]);
    let known = PREFIXES.iter().filter_map(|prefix| bare.strip_prefix(prefix));
    named.chain(known).map(|rest| rest.trim().trim_matches(QUOTES))
}

/// Without a comment, the sign that ends an item or a statement, and the escape of a line end; nothing if it has none.
fn without_end(bare: &str) -> Option<(Cause, &str)> {
    let (before, _) = bare.split_once(" #").unwrap_or((bare, ""));
    let item = before.trim_end().trim_end_matches([',', ';']).trim_end_matches(QUOTES);
    let text = item.trim_end_matches("\\n").trim_end_matches("\\r");
    let cause = if item == bare { Cause::SecretIsEscaped } else { Cause::SecretHasPrefix };
    (text != bare).then_some((cause, text.trim_matches(QUOTES)))
}

/// The text that this is the hex or the base64 of. Tools break base64 into lines.
fn decoded(bare: &str) -> Vec<(Cause, Vec<u8>)> {
    let mut decoded = Vec::new();
    decoded.extend(HEXLOWER_PERMISSIVE.decode(bare.as_bytes()).ok().map(|key| (Cause::SecretInHex, key)));
    let joined: String = bare.split_whitespace().collect();
    for coding in [&BASE64, &BASE64_NOPAD, &BASE64URL, &BASE64URL_NOPAD] {
        decoded.extend(coding.decode(joined.as_bytes()).ok().map(|key| (Cause::SecretInBase64, key)));
    }
    decoded
}

/// Without each backslash that protects what follows.
fn unescaped(text: &str) -> String {
    let mut characters = text.chars();
    let mut bare = String::new();
    while let Some(character) = characters.next() {
        if character == '\\' {
            bare.extend(characters.next());
        } else {
            bare.push(character);
        }
    }
    bare
}

const QUOTES: [char; 7] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];
/// Of other products' secrets, and of headers.
const PREFIXES: [&str; 1] = ["whsec_"];
const MOST_STARTS: usize = 8;
