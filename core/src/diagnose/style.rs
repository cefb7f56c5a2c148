//! Who printed a JSON text, as its spelling shows.

use super::Cause;

pub(super) fn of(body: &[u8]) -> Cause {
    let Ok(text) = core::str::from_utf8(body) else { return Cause::BodyPrintedAgain };
    let outside = outside_of_strings(text);
    let escapes = escapes_of(text);
    match () {
        () if escapes.slash => Cause::BodyPrintedByPhp,
        () if escapes.upper_hex => Cause::BodyPrintedByDotNet,
        () if escapes.apostrophe => Cause::BodyPrintedByJava,
        () if escapes.angle => Cause::BodyPrintedByGo,
        () if outside.exponent_in_capital => Cause::BodyPrintedByJava,
        () if outside.line_ends => Cause::BodyIndented,
        () if outside.blanks || escapes.letters => Cause::BodyPrintedByPython,
        () => Cause::BodyPrintedAgain,
    }
}

#[derive(Default)]
struct Outside {
    line_ends: bool,
    /// After commas or colons.
    blanks: bool,
    exponent_in_capital: bool,
}

fn outside_of_strings(text: &str) -> Outside {
    let (mut outside, mut is_string, mut previous) = (Outside::default(), false, b' ');
    for byte in text.trim_ascii().bytes() {
        match byte {
            b'"' if previous != b'\\' => is_string = !is_string,
            _ if is_string => {}
            b'\n' => outside.line_ends = true,
            b' ' if matches!(previous, b',' | b':') => outside.blanks = true,
            b'E' => outside.exponent_in_capital = true,
            _ => {}
        }
        previous = if previous == b'\\' && byte == b'\\' { b' ' } else { byte };
    }
    outside
}

#[derive(Default)]
struct Seen {
    slash: bool,
    /// Of a letter or sign that needs no escape.
    upper_hex: bool,
    apostrophe: bool,
    angle: bool,
    letters: bool,
}

fn escapes_of(text: &str) -> Seen {
    let mut seen = Seen::default();
    let mut rest = text;
    while let Some((_, escape)) = rest.split_once('\\') {
        let Some(kind) = escape.chars().next() else { break };
        rest = &escape[kind.len_utf8()..];
        seen.slash |= kind == '/';
        let Some(digits) = rest.get(..4).filter(|_| kind == 'u') else { continue };
        let Ok(code) = u32::from_str_radix(digits, 16) else { continue };
        let is_free = code > 0x1f;
        seen.upper_hex |= is_free && digits.bytes().any(|digit| digit.is_ascii_uppercase());
        seen.apostrophe |= matches!(code, 0x27 | 0x3d);
        seen.angle |= matches!(code, 0x26 | 0x3c | 0x3e);
        seen.letters |= code > 0x7f;
    }
    seen
}
