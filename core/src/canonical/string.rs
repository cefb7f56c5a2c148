//! String literals: found, compared with ECMAScript's spelling, respelt, unescaped, quoted.
//!
//! ECMA-262 section 25.5.2.3 (`QuoteJSONString`) escapes `"`, `\`, U+0000 to U+001F (short where JSON has a short form,
//! else `\u00xx` in lower case) and unpaired surrogates (`\udxxx`), and nothing else.

use alloc::{borrow::Cow, string::String, vec::Vec};

use crate::words;

/// A literal found by [`scan`]: `start..end` are its contents, without the quotes.
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) spelling: Spelling,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// Without escapes.
    Plain,
    /// With escapes, each as `QuoteJSONString` spells it.
    Canonical,
    /// With `\/`, or a `\u` that may be spelt otherwise.
    Foreign,
}

/// Finds the end of the literal whose contents begin at `start`; the error is the offset of the offence.
#[inline(always)]
pub(crate) fn scan(bytes: &[u8], start: usize) -> Result<Token, usize> {
    let at = find_special(bytes, start);
    if bytes.get(at) == Some(&b'"') {
        return Ok(Token { start, end: at, spelling: Spelling::Plain });
    }
    scan_escaped(bytes, start, at)
}

/// Goes on at the first byte that is neither ordinary nor the closing quote. JSON inside of JSON has an escape every few
/// bytes: all that a word holds are taken from it one after the other.
fn scan_escaped(bytes: &[u8], start: usize, mut at: usize) -> Result<Token, usize> {
    let mut spelling = Spelling::Plain;
    'words: while let Some(chunk) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let ordinary = words::at_least(word, 0x20) & words::differing(word, b'"') & words::differing(word, b'\\');
        let mut lanes = ordinary ^ words::TOPS;
        while lanes != 0 {
            let special = at + words::lanes_before(lanes);
            match bytes[special] {
                b'"' => return Ok(Token { start, end: special, spelling }),
                b'\\' => {
                    let end = end_of_escape(bytes, special, &mut spelling)?;
                    if end - at >= 8 {
                        at = end;
                        continue 'words;
                    }
                    lanes &= u64::MAX << (8 * (end - at));
                }
                _ => return Err(special),
            }
        }
        at += 8;
    }
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(Token { start, end: at, spelling }),
            Some(b'\\') => at = end_of_escape(bytes, at, &mut spelling)?,
            Some(0x20..) => at += 1,
            _ => return Err(at),
        }
    }
}

/// The end of the escape that begins at `at`, and what it makes of the spelling.
#[inline(always)]
fn end_of_escape(bytes: &[u8], at: usize, spelling: &mut Spelling) -> Result<usize, usize> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => {
            if *spelling == Spelling::Plain {
                *spelling = Spelling::Canonical;
            }
            Ok(at + 2)
        }
        Some(b'/') => {
            *spelling = Spelling::Foreign;
            Ok(at + 2)
        }
        Some(b'u') => {
            *spelling = Spelling::Foreign;
            let digits = bytes[at + 2..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
            if digits < 4 { Err(at + 2 + digits) } else { Ok(at + 6) }
        }
        _ => Err(at + 1),
    }
}

/// Shows a literal's contents as `QuoteJSONString` spells them to `emit`, piece by piece.
pub(crate) fn canonical_pieces(contents: &str, mut emit: impl FnMut(&[u8])) {
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

/// The text a literal's contents stand for. Rust's text cannot hold an unpaired surrogate: U+FFFD takes its place.
pub(crate) fn unescape(contents: &str) -> Cow<'_, str> {
    if !contents.contains('\\') {
        return Cow::Borrowed(contents);
    }
    let mut text = String::with_capacity(contents.len());
    for piece in Pieces(contents) {
        match piece {
            Piece::Run(run) => text.push_str(run),
            Piece::Char(character) => text.push(character),
            Piece::UnpairedSurrogate(_) => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    Cow::Owned(text)
}

/// The contents of a literal [`scan`] accepted, taken apart.
pub(super) struct Pieces<'t>(pub(super) &'t str);

pub(super) enum Piece<'t> {
    Run(&'t str),
    Char(char),
    UnpairedSurrogate(u16),
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let Some(escape) = self.0.strip_prefix('\\') else {
            let (run, rest) = self.0.split_at(self.0.find('\\').unwrap_or(self.0.len()));
            self.0 = rest;
            return if run.is_empty() { None } else { Some(Piece::Run(run)) };
        };
        let (&kind, _) = escape.as_bytes().split_first()?;
        if kind != b'u' {
            self.0 = &escape[1..];
            return Some(Piece::Char(char::from(short_escape(kind))));
        }
        let high = code_unit(&escape[1..]);
        self.0 = &escape[5..];
        if let (0xd800..=0xdbff, Some(low)) = (high, self.0.strip_prefix("\\u")) {
            if let Some(Ok(character)) = char::decode_utf16([high, code_unit(low)]).next() {
                self.0 = &self.0[6..];
                return Some(Piece::Char(character));
            }
        }
        Some(char::from_u32(u32::from(high)).map_or(Piece::UnpairedSurrogate(high), Piece::Char))
    }
}

/// What the letter after a backslash stands for; `"`, `\` and `/` stand for themselves.
pub(super) const fn short_escape(letter: u8) -> u8 {
    match letter {
        b'b' => 0x8,
        b'f' => 0xc,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        itself => itself,
    }
}

/// The value of the four hex digits `text` begins with.
fn code_unit(text: &str) -> u16 {
    let value = |letter: u8| u16::from(letter & 0xf) + if letter > b'9' { 9 } else { 0 };
    text.bytes().take(4).fold(0, |unit, letter| unit << 4 | value(letter))
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

/// The offset of the first `"`, `\` or control character from `at` on; the length where there is none.
#[inline(always)]
fn find_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let lanes = words::first_below(word, 0x20) | words::first_equal(word, b'"') | words::first_equal(word, b'\\');
        if lanes != 0 {
            return at + words::lanes_before(lanes);
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count()
}

#[cfg(test)]
mod tests;
