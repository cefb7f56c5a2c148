//! Python's ways to show bytes and dicts.

use alloc::{string::String, vec::Vec};
use core::str::Chars;

/// The bytes of which this is the `repr`.
pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().strip_prefix('b')?;
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let mut characters = text.strip_prefix(quote)?.strip_suffix(quote)?.chars();
    let mut bytes = Vec::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let character = if character == '\\' { escaped(&mut characters)? } else { character };
        bytes.push(u8::try_from(u32::from(character)).ok()?);
    }
    Some(bytes)
}

/// The JSON text of a dict of which this is the `repr`.
pub(super) fn dict_of(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with("{'") && !text.starts_with("{\"") {
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
        json.push_str(literal(&word));
        word.clear();
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

fn string(quote: char, characters: &mut Chars<'_>, json: &mut String) -> Option<()> {
    let mut contents = String::new();
    loop {
        match characters.next()? {
            end if end == quote => break,
            '\\' => contents.push(escaped(characters)?),
            character => contents.push(character),
        }
    }
    json.push_str(&serde_json::to_string(&contents).ok()?);
    Some(())
}

/// What stands for a character after a backslash.
fn escaped(characters: &mut Chars<'_>) -> Option<char> {
    let digits = match characters.next()? {
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        't' => return Some('\t'),
        itself @ ('\\' | '\'' | '"') => return Some(itself),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let code: String = characters.by_ref().take(digits).collect();
    char::from_u32(u32::from_str_radix(&code, 16).ok()?)
}
