//! Strings as ECMAScript spells them.
//!
//! ECMA-262 section 25.5.2.3 (`QuoteJSONString`) escapes `"`, `\`, U+0000 to U+001F (short where JSON has a short form,
//! else `\u00xx` in lower case) and unpaired surrogates (`\udxxx`), and nothing else.

use alloc::{borrow::Cow, vec::Vec};

use crate::json::string::{Piece, Pieces, find_special};

/// Shows a literal's contents as `QuoteJSONString` spells them to `emit`, piece by piece.
pub(super) fn canonical_pieces(contents: &str, mut emit: impl FnMut(&[u8])) {
    for piece in Pieces(contents) {
        match piece {
            Piece::Run(run) => emit(run.as_bytes()),
            Piece::Char(character) => emit_quoted(character, &mut emit),
            Piece::UnpairedSurrogate(unit) => emit_unit_escape(unit, &mut emit),
        }
    }
}

/// A literal's contents as `QuoteJSONString` spells them, borrowed where they are so already.
pub(crate) fn canonical_contents(contents: &str) -> Cow<'_, str> {
    if !contents.contains('\\') {
        return Cow::Borrowed(contents);
    }
    let mut canonical = Vec::with_capacity(contents.len());
    canonical_pieces(contents, |piece| canonical.extend_from_slice(piece));
    Cow::Owned(super::text_of(canonical))
}

/// Shows UTF-8 text, quoted as a JSON string, to `emit` piece by piece.
pub(crate) fn quoted_pieces(text: &[u8], mut emit: impl FnMut(&[u8])) {
    emit(b"\"");
    let mut rest = text;
    loop {
        let (run, special) = rest.split_at(find_special(rest, 0));
        emit(run);
        let Some((&byte, after)) = special.split_first() else { break };
        match escape_letter(byte) {
            Some(b'u') => emit(&[b'\\', b'u', b'0', b'0', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 0xf)]]),
            Some(letter) => emit(&[b'\\', letter]),
            None => emit(&[byte]),
        }
        rest = after;
    }
    emit(b"\"");
}

fn emit_quoted(character: char, emit: &mut impl FnMut(&[u8])) {
    match u8::try_from(character).ok().and_then(escape_letter) {
        Some(b'u') => emit_unit_escape(character as u16, emit),
        Some(letter) => emit(&[b'\\', letter]),
        None => emit(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

fn emit_unit_escape(unit: u16, emit: &mut impl FnMut(&[u8])) {
    let digit = |shift: u16| HEX[usize::from(unit >> shift & 0xf)];
    emit(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// The letter that follows the backslash where `QuoteJSONString` escapes this byte.
fn escape_letter(byte: u8) -> Option<u8> {
    match byte {
        b'"' | b'\\' => Some(byte),
        b'\x08' => Some(b'b'),
        b'\x0c' => Some(b'f'),
        b'\n' => Some(b'n'),
        b'\r' => Some(b'r'),
        b'\t' => Some(b't'),
        0..=0x1f => Some(b'u'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
