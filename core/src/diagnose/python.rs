//! Python's ways to show bytes and dicts.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// The bytes of which this is the `repr`.
pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().strip_prefix('b')?;
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let mut characters = text.strip_prefix(quote)?.strip_suffix(quote)?.chars();
    let mut bytes = Vec::new();
    while let Some(character) = characters.next() {
        match escape(character, &mut characters)? {
            Some(character) => bytes.push(u8::try_from(u32::from(character)).ok()?),
            None => bytes.push(u8::try_from(u32::from(character)).ok()?),
        }
    }
    Some(bytes)
}

/// The JSON text of a dict of which this is the `repr`.
pub(super) fn dict_of(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with("{'") {
        return None;
    }
    let mut json = String::with_capacity(text.len());
    let mut characters = text.chars();
    let mut word = String::new();
    while let Some(character) = characters.next() {
        if character.is_alphabetic() {
            word.push(character);
            continue;
        }
        json.push_str(literal(&core::mem::take(&mut word)));
        match character {
            '\'' | '"' => string(character, &mut characters, &mut json)?,
            other => json.push(other),
        }
    }
    Some(json)
}

fn literal(word: &str) -> &str {
    match word {
        "True" => "true",
        "False" => "false",
        "None" => "null",
        other => other,
    }
}

fn string(quote: char, characters: &mut core::str::Chars<'_>, json: &mut String) -> Option<()> {
    let mut contents = String::new();
    loop {
        let character = characters.next()?;
        if character == quote {
            break;
        }
        contents.push(escape(character, characters)?.unwrap_or(character));
    }
    json.push_str(&serde_json::Value::from(contents).to_string());
    Some(())
}

/// What an escape stands for that begins with this character; nothing where it begins none.
#[allow(clippy::option_option, reason = "an escape that is none of Python's ends the reading")]
fn escape(character: char, characters: &mut core::str::Chars<'_>) -> Option<Option<char>> {
    if character != '\\' {
        return Some(None);
    }
    let kind = characters.next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let escaped = match kind {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '\\' | '\'' | '"' => kind,
        _ if digits > 0 => {
            let code: String = characters.by_ref().take(digits).collect();
            char::from_u32(u32::from_str_radix(&code, 16).ok()?)?
        }
        _ => return None,
    };
    Some(Some(escaped))
}
