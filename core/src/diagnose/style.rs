//! Who printed a JSON text, as its spelling shows.

use alloc::string::String;

use super::{
    Cause,
    spelling::{self, Part},
};

pub(super) fn of(text: &str) -> Cause {
    let between: String = spelling::parts(text).filter_map(outside).collect();
    let between = between.trim();
    by_escapes(text)
        .or_else(|| between.split([',', ':', '[', ']', '{', '}', ' ', '\n', '\t']).find_map(by_number))
        .or_else(|| has_escape(text, &["003c", "003e", "0026"]).then_some(Cause::BodyPrintedByGo))
        .or_else(|| between.contains('\n').then_some(Cause::BodyIndented))
        .or_else(|| by_python(text, between))
        .unwrap_or(Cause::BodyPrintedAgain)
}

fn outside(part: Part<'_>) -> Option<&str> {
    match part {
        Part::Outside(outside) => Some(outside),
        Part::String(_) => None,
    }
}

/// What only some escape, and in which case.
fn by_escapes(text: &str) -> Option<Cause> {
    if spelling::escapes(text).any(|(letter, _)| letter == '/') {
        return Some(Cause::BodyPrintedByPhp);
    }
    if has_escape(text, &["003d"]) {
        return Some(Cause::BodyPrintedByJava);
    }
    if has_escape(text, &["0027", "003C", "003E", "002B"]) {
        return Some(Cause::BodyPrintedByDotNet);
    }
    // Jackson escapes all letters, if told so, and .NET with its relaxed encoder those outside the first plane only.
    spelling::escapes(text)
        .any(|(_, code)| is_upper(code))
        .then(|| if text.is_ascii() { Cause::BodyPrintedByJava } else { Cause::BodyPrintedByDotNet })
}

/// Control characters have an escape in every language.
fn is_upper(code: &str) -> bool {
    let is_control = code.starts_with("000") || code.starts_with("001");
    !is_control && code.bytes().any(|digit| digit.is_ascii_uppercase())
}

fn has_escape(text: &str, wanted: &[&str]) -> bool {
    spelling::escapes(text).any(|(_, code)| wanted.contains(&code))
}

/// `1.0E-5` in Java, `1E-05` in .NET, `1.0e-05` in Ruby, `1.0e-5` in PHP.
fn by_number(number: &str) -> Option<Cause> {
    if let Some((_, exponent)) = number.split_once('E') {
        let is_padded = exponent.starts_with('+') || exponent.starts_with("-0");
        return Some(if is_padded { Cause::BodyPrintedByDotNet } else { Cause::BodyPrintedByJava });
    }
    let (mantissa, exponent) = number.split_once("e-")?;
    let is_ruby = exponent.starts_with('0');
    let is_php = exponent.len() == 1;
    match mantissa.ends_with(".0") {
        true if is_ruby => Some(Cause::BodyPrintedByRuby),
        true if is_php => Some(Cause::BodyPrintedByPhp),
        _ => None,
    }
}

/// Its blanks, or its escapes of letters. `JSON.stringify` escapes halves of surrogate pairs, too.
fn by_python(text: &str, between: &str) -> Option<Cause> {
    let is_letter =
        |code: &str| u32::from_str_radix(code, 16).is_ok_and(|code| code > 0x7f && char::from_u32(code).is_some());
    let has_blanks = between.contains(", ") || between.contains(": ");
    (has_blanks || spelling::escapes(text).any(|(_, code)| is_letter(code))).then_some(Cause::BodyPrintedByPython)
}
