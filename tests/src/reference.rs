//! Canonical text in a few dozen obviously right lines: parse to a tree by recursive descent, order, print.
//!
//! It takes what any JSON parser takes, at any depth the stack allows, and knows nothing of offsets; it exists to be
//! compared with on well-formed documents.

use core::fmt::Write;

/// A JSON value with its strings as UTF-16 code units, as ECMAScript has them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `true` or `false`.
    Word(&'static str),
    /// A double.
    Number(f64),
    /// A string.
    String(Vec<u16>),
    /// An array.
    Array(Vec<Value>),
    /// An object's members, in the order of the text.
    Object(Vec<(Vec<u16>, Value)>),
}

/// Prints a value as `JSON.stringify` prints what `JSON.parse` made of it.
pub fn print(value: &Value, out: &mut String) {
    match value {
        Value::Word(word) => out.push_str(word),
        Value::Number(number) if number.is_finite() => out.push_str(ryu_js::Buffer::new().format(*number)),
        Value::Number(_) => out.push_str("null"),
        Value::String(units) => quote(units, out),
        Value::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                print(element, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, (key, value)) in ordered(members).iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                quote(key, out);
                out.push(':');
                print(value, out);
            }
            out.push('}');
        }
    }
}

/// Array indices ascending, then the rest; a repeated key in its first place with its last value.
fn ordered(members: &[(Vec<u16>, Value)]) -> Vec<(&Vec<u16>, &Value)> {
    let mut unique: Vec<(&Vec<u16>, &Value)> = Vec::new();
    for (key, value) in members {
        match unique.iter_mut().find(|(seen, _)| *seen == key) {
            Some((_, last)) => *last = value,
            None => unique.push((key, value)),
        }
    }
    unique.sort_by_key(|(key, _)| index(key).unwrap_or(u64::MAX));
    unique
}

fn index(key: &[u16]) -> Option<u64> {
    let text = String::from_utf16(key).ok()?;
    let value: u32 = text.parse().ok()?;
    (value != u32::MAX && value.to_string() == text).then_some(u64::from(value))
}

fn quote(units: &[u16], out: &mut String) {
    out.push('"');
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok('"') => out.push_str("\\\""),
            Ok('\\') => out.push_str("\\\\"),
            Ok('\u{8}') => out.push_str("\\b"),
            Ok('\u{c}') => out.push_str("\\f"),
            Ok('\n') => out.push_str("\\n"),
            Ok('\r') => out.push_str("\\r"),
            Ok('\t') => out.push_str("\\t"),
            Ok(control @ '\0'..='\u{1f}') => push_escape(u32::from(control), out),
            Ok(other) => out.push(other),
            Err(unpaired) => push_escape(u32::from(unpaired.unpaired_surrogate()), out),
        }
    }
    out.push('"');
}

fn push_escape(unit: u32, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\u{unit:04x}");
}
