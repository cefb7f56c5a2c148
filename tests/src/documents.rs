//! Generated documents: hard ones, and hard ones broken.

use fastrand::Rng;

/// A JSON value as it is to be spelt: strings as UTF-16 code units, members in any order, keys repeated or not.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `true` or `false`.
    Word(&'static str),
    /// A double.
    Number(f64),
    /// A string.
    String(Vec<u16>),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Vec<(Vec<u16>, Value)>),
}

/// A value with what makes canonical text hard: index-like and repeated keys, unpaired surrogates, odd numbers, nesting.
pub fn value(rng: &mut Rng, depth: usize) -> Value {
    let is_leaf = depth == 0 || rng.u8(..4) == 0;
    match rng.u8(..if is_leaf { 4 } else { 8 }) {
        0 => Value::Word(rng.choice(["null", "true", "false"]).unwrap_or("null")),
        1 | 2 => Value::Number(number(rng)),
        3 => Value::String(text(rng)),
        4 => Value::Array((0..rng.usize(..5)).map(|_| value(rng, depth - 1)).collect()),
        _ => {
            let most = if rng.u8(..20) == 0 { 60 } else { 7 };
            Value::Object((0..rng.usize(..most)).map(|_| (key(rng), value(rng, depth - 1))).collect())
        }
    }
}

/// Spells a value in one of the many ways JSON allows, and not only in the canonical one.
pub fn spell(value: &Value, rng: &mut Rng, out: &mut String) {
    white(rng, out);
    match value {
        Value::Word(word) => out.push_str(word),
        Value::Number(number) => out.push_str(&spell_number(*number, rng)),
        Value::String(units) => spell_text(units, rng, out),
        Value::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                spell(element, rng, out);
            }
            white(rng, out);
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, (key, value)) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                white(rng, out);
                spell_text(key, rng, out);
                white(rng, out);
                out.push(':');
                spell(value, rng, out);
            }
            white(rng, out);
            out.push('}');
        }
    }
    white(rng, out);
}

/// Changes a document so that it may no longer be one: bytes flipped, put in, taken out, the end cut off.
pub fn broken(document: &str, rng: &mut Rng) -> Vec<u8> {
    let mut bytes = document.as_bytes().to_vec();
    for _ in 0..=rng.usize(..3) {
        let at = rng.usize(..=bytes.len());
        match rng.u8(..6) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, rng.u8(..)),
            2 => bytes.insert(at, *rng.choice(b"{}[]:,\"\\0123456789.eE+-u/tfn \x00\x1f\x7f").unwrap_or(&0)),
            3 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            4 if at < bytes.len() => drop(bytes.remove(at)),
            _ => {
                let piece = *rng.choice(PIECES).unwrap_or(&PIECES[0]);
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

const PIECES: &[&[u8]] = &[
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf5\x80\x80\x80",
    b"\xef\xbb\xbf",
    b"\x80",
    b"\xe2\x82",
    b"\\ud800",
    b"\\u00",
    b"\\x",
    b"01",
    b"-",
    b"1.",
    b"1e",
    b"nul",
    b"tru",
    b"//",
    b"'",
    b"\xc2\xa0",
    b"NaN",
    b"0x1",
    b"+1",
    b".5",
    b"\r\n",
];

fn key(rng: &mut Rng) -> Vec<u16> {
    match rng.u8(..10) {
        0..=3 => rng.u32(..12).to_string().encode_utf16().collect(),
        4 => rng
            .choice(["4294967294", "4294967295", "4294967296", "01", "-1", "-0", "1.5", "", "__proto__", "toString"])
            .unwrap_or("")
            .encode_utf16()
            .collect(),
        5..=7 => rng.choice(["a", "b", "id", "name", "abcdefgh", "abcdefghi"]).unwrap_or("a").encode_utf16().collect(),
        _ => text(rng),
    }
}

/// A text: UTF-16 code units, among them unpaired surrogates.
pub fn text(rng: &mut Rng) -> Vec<u16> {
    (0..rng.usize(..9))
        .map(|_| match rng.u8(..10) {
            0 => rng.u16(..0x20),
            1 => rng.u16(0xd800..0xdc00),
            2 => rng.u16(0xdc00..0xe000),
            3 => rng.u16(..),
            4 => *rng.choice(&[0x22, 0x5c, 0x2f, 0x7f, 0x2028, 0x2029, 0xfeff, 0xfffd]).unwrap_or(&0),
            _ => rng.u16(0x20..0x7f),
        })
        .collect()
}

/// Any double, with a preference for those whose spelling is delicate.
fn number(rng: &mut Rng) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "any double will do")]
    match rng.u8(..6) {
        0 => f64::from_bits(rng.u64(..)),
        1 => rng.i64(..) as f64,
        2 => f64::from(rng.i32(-1_000_000..1_000_000)) / 1000.0,
        3 => rng.f64() * 10_f64.powi(rng.i32(-12..25)),
        4 => f64::from(rng.u8(..)),
        _ => *rng.choice(&[0.0, -0.0, 1e21, 1e-7, 1e-6, 5e-324, f64::MAX, 9_007_199_254_740_993.0]).unwrap_or(&0.0),
    }
}

fn spell_number(number: f64, rng: &mut Rng) -> String {
    if !number.is_finite() {
        return "1e999".into();
    }
    match rng.u8(..4) {
        0 => format!("{number:e}"),
        1 => format!("{number:.17e}").replace('e', "E"),
        2 => format!("{number}"),
        _ => ryu_js::Buffer::new().format_finite(number).into(),
    }
}

fn spell_text(units: &[u16], rng: &mut Rng, out: &mut String) {
    out.push('"');
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok('/') if rng.bool() => out.push_str("\\/"),
            Ok(character @ ('"' | '\\')) => out.extend(['\\', character]),
            Ok('\n') if rng.bool() => out.push_str("\\n"),
            Ok(character) if character < ' ' || rng.u8(..8) == 0 => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    spell_unit(*unit, rng, out);
                }
            }
            Ok(character) => out.push(character),
            Err(unpaired) => spell_unit(unpaired.unpaired_surrogate(), rng, out),
        }
    }
    out.push('"');
}

fn spell_unit(unit: u16, rng: &mut Rng, out: &mut String) {
    let escape = if rng.bool() { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
    out.push_str(&escape);
}

fn white(rng: &mut Rng, out: &mut String) {
    if rng.u8(..6) == 0 {
        out.push_str(rng.choice([" ", "\n", "\t", "\r\n", "  \n    "]).unwrap_or(" "));
    }
}
