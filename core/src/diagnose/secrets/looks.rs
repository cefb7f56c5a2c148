//! What a configured secret looks like where nothing proves what is wrong.

use alloc::{vec, vec::Vec};

use super::{bare, decoded, unescaped, without_end, without_start};
use crate::diagnose::Cause;

/// What speaks against it being a secret as Twenty shows it.
pub(in crate::diagnose) fn looks(secret: &[u8]) -> Vec<Cause> {
    let Ok(text) = core::str::from_utf8(secret) else {
        let is_of_hex = secret.len() == BYTES_OF_A_SECRET;
        return vec![if is_of_hex { Cause::SecretDecodedFromHex } else { Cause::SecretDecodedFromBase64 }];
    };
    let (bare, mut causes) = bare(text);
    causes.extend(nature(&bare).or_else(|| coding(&bare)));
    causes
}

/// What it is, where it is no secret of a webhook.
fn nature(bare: &str) -> Option<Cause> {
    let lower = bare.to_lowercase();
    if bare.is_empty() || LITERALS.contains(&lower.as_str()) {
        return Some(Cause::SecretIsLiteral);
    }
    if bare.starts_with("eyJ") && bare.split('.').count() == 3 {
        return Some(Cause::SecretIsApiKey);
    }
    if is_uuid(bare) {
        return Some(Cause::SecretIsId);
    }
    is_placeholder(bare, &lower).then_some(Cause::SecretIsPlaceholder)
}

/// A word for a secret, the name of a variable that nobody replaced, or a row of stars.
fn is_placeholder(bare: &str, lower: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_')
    };
    let is_variable = bare.strip_prefix('$').is_some_and(is_name)
        || bare.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name);
    let is_template = TEMPLATES.iter().any(|(start, end)| bare.starts_with(start) && bare.ends_with(end));
    let is_row = bare.chars().count() > 2 && bare.chars().all(|it| matches!(it, '*' | '\u{2022}' | '.' | 'x' | 'X'));
    is_variable
        || is_template
        || is_row
        || WORDS.contains(&lower)
        || CODE.iter().any(|start| lower.starts_with(start))
        || PLACEHOLDERS.iter().any(|word| lower.contains(word))
}

/// What was done to it, as its spelling shows.
fn coding(bare: &str) -> Option<Cause> {
    let start = bare.split(['=', ':', ' ']).next().unwrap_or_default();
    let is_named = STARTS.iter().any(|known| start.to_lowercase().contains(known))
        && without_start(bare).any(|rest| rest.len() > 7);
    if is_named || bare.starts_with("whsec_") {
        return Some(Cause::SecretHasPrefix);
    }
    let is_text = |key: &[u8]| key.len() > 7 && key.trim_ascii().iter().all(u8::is_ascii_graphic);
    if let Some((cause, _)) = decoded(bare).into_iter().find(|(_, key)| is_text(key)) {
        return Some(cause);
    }
    let is_hex = bare.len() == 2 * BYTES_OF_A_SECRET && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex && bare.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(Cause::SecretInOtherCase);
    }
    if bare.contains("$$") || unescaped(bare) != bare {
        return Some(Cause::SecretIsEscaped);
    }
    without_end(bare).map(|(cause, _)| cause)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Of one that Twenty makes.
const BYTES_OF_A_SECRET: usize = 32;
/// Of what stands before a secret by mistake.
const STARTS: [&str; 5] = ["secret", "export", "declare", "bearer", "sha256"];
const LITERALS: [&str; 7] = ["undefined", "null", "none", "nil", "nan", "[object object]", "(null)"];
const PLACEHOLDERS: [&str; 8] =
    ["your-", "your_", "yoursecret", "changeme", "change-me", "change_me", "placeholder", "xxxx"];
/// What stands around the name of a value.
const TEMPLATES: [(&str, &str); 3] = [("<", ">"), ("${", "}"), ("{{", "}}")];
/// Code that would have read the secret.
const CODE: [&str; 6] = ["process.env", "os.environ", "os.getenv", "import.meta.env", "deno.env", "env["];
const WORDS: [&str; 7] = ["secret", "my-secret", "mysecret", "password", "todo", "tbd", "example"];
