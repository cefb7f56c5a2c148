//! `JSON.stringify` of a tree.

use std::fmt::Write;

use super::Value;

pub fn print(value: &Value, out: &mut String) {
    match value {
        Value::Literal(word) => out.push_str(word),
        Value::Number(number) if number.is_finite() => out.push_str(ryu_js::Buffer::new().format(*number)),
        Value::Number(_) => out.push_str("null"),
        Value::String(units) => print_string(units, out),
        Value::Array(items) => print_list('[', items, ']', out, print),
        Value::Object(members) => print_list('{', members, '}', out, |(key, value), out| {
            print_string(key, out);
            out.push(':');
            print(value, out);
        }),
    }
}

fn print_list<T>(open: char, items: &[T], close: char, out: &mut String, item: impl Fn(&T, &mut String)) {
    out.push(open);
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(value, out);
    }
    out.push(close);
}

fn print_string(units: &[u16], out: &mut String) {
    out.push('"');
    for character in char::decode_utf16(units.iter().copied()) {
        match character {
            Ok('"') => out.push_str("\\\""),
            Ok('\\') => out.push_str("\\\\"),
            Ok('\u{8}') => out.push_str("\\b"),
            Ok('\u{c}') => out.push_str("\\f"),
            Ok('\n') => out.push_str("\\n"),
            Ok('\r') => out.push_str("\\r"),
            Ok('\t') => out.push_str("\\t"),
            Ok(control @ '\0'..='\u{1f}') => write!(out, "\\u{:04x}", control as u32).expect("memory"),
            Ok(character) => out.push(character),
            Err(unpaired) => write!(out, "\\u{:04x}", unpaired.unpaired_surrogate()).expect("memory"),
        }
    }
    out.push('"');
}
