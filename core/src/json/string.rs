//! String literals: found, taken apart, unescaped.

use alloc::{borrow::Cow, string::String};

use super::swar;

/// A literal found by [`scan`]: `start..end` are its contents, without the quotes.
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) escapes: Escapes,
}

/// Which escapes a literal has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    None,
    /// A backslash and one of `"`, `\`, `b`, `f`, `n`, `r` and `t` each.
    Short,
    /// Some with `/` or `u`, which may be spelt otherwise.
    Optional,
}

/// Finds the end of the literal whose contents begin at `start`; the error is the offset of the offence.
#[inline(always)]
pub(crate) fn scan(bytes: &[u8], start: usize) -> Result<Token, usize> {
    let at = find_special(bytes, start);
    if bytes.get(at) == Some(&b'"') {
        return Ok(Token { start, end: at, escapes: Escapes::None });
    }
    scan_escaped(bytes, start, at)
}

/// Goes on at the first byte that is neither ordinary nor the closing quote. JSON inside of JSON has an escape every few
/// bytes: all that a word holds are taken from it one after the other.
fn scan_escaped(bytes: &[u8], start: usize, mut at: usize) -> Result<Token, usize> {
    let mut escapes = Escapes::None;
    'words: while let Some(chunk) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let ordinary = swar::at_least(word, 0x20) & swar::differing(word, b'"') & swar::differing(word, b'\\');
        let mut others = ordinary ^ swar::TOPS;
        while others != 0 {
            let special = at + swar::bytes_before(others);
            match bytes[special] {
                b'"' => return Ok(Token { start, end: special, escapes }),
                b'\\' => {
                    let end = end_of_escape(bytes, special, &mut escapes)?;
                    if end - at >= 8 {
                        at = end;
                        continue 'words;
                    }
                    others &= u64::MAX << (8 * (end - at));
                }
                _ => return Err(special),
            }
        }
        at += 8;
    }
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(Token { start, end: at, escapes }),
            Some(b'\\') => at = end_of_escape(bytes, at, &mut escapes)?,
            Some(0x20..) => at += 1,
            _ => return Err(at),
        }
    }
}

/// The end of the escape that begins at `at`; its kind is noted in `escapes`.
#[inline(always)]
fn end_of_escape(bytes: &[u8], at: usize, escapes: &mut Escapes) -> Result<usize, usize> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => {
            if *escapes == Escapes::None {
                *escapes = Escapes::Short;
            }
            Ok(at + 2)
        }
        Some(b'/') => {
            *escapes = Escapes::Optional;
            Ok(at + 2)
        }
        Some(b'u') => {
            *escapes = Escapes::Optional;
            let digits = bytes[at + 2..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
            if digits < 4 { Err(at + 2 + digits) } else { Ok(at + 6) }
        }
        _ => Err(at + 1),
    }
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
pub(crate) struct Pieces<'t>(pub(crate) &'t str);

pub(crate) enum Piece<'t> {
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

/// The offset of the first `"`, `\` or control character from `at` on; the length where there is none.
#[inline(always)]
pub(crate) fn find_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let found = swar::first_below(word, 0x20) | swar::first_equal(word, b'"') | swar::first_equal(word, b'\\');
        if found != 0 {
            return at + swar::bytes_before(found);
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count()
}

#[cfg(test)]
mod tests;
