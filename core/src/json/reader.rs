//! The one JSON reader (RFC 8259): a loop over tokens that tells a [`Sink`] what it meets.

use super::{number, string, swar};
use crate::CanonicalizeError;

/// What is told while a text is read. All positions are offsets of bytes in the text.
pub(crate) trait Sink {
    /// White space between tokens.
    fn white(&mut self, start: usize, end: usize);
    /// An opening bracket; the level it opens is counted from 1.
    fn begin(&mut self, container: Container, start: usize, level: usize);
    /// A closing bracket at `end - 1`; the level it closes.
    fn end(&mut self, container: Container, end: usize, level: usize);
    /// A member's name, in an object on this level.
    fn key(&mut self, key: string::Token, level: usize);
    /// A value that is not a container, inside containers of this level (0 at the top).
    fn scalar(&mut self, scalar: Scalar, level: usize);
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Array,
    Object,
}

#[derive(Clone, Copy)]
pub(crate) enum Scalar {
    String(string::Token),
    Number(number::Token),
    /// `true`, `false` or `null`.
    Literal {
        start: usize,
        end: usize,
    },
}

/// Levels of arrays and objects that are read; one more is `payload_too_deep`.
pub const MAX_DEPTH: usize = 1024;

/// Reads a whole text, at most `max_depth` (up to [`MAX_DEPTH`]) levels deep.
pub(crate) fn read<S: Sink>(text: &str, max_depth: usize, sink: &mut S) -> Result<(), CanonicalizeError> {
    let nesting = Nesting { level: 0, limit: max_depth.min(MAX_DEPTH), objects: [0; WORDS] };
    // Speed is worth a reader for each sink, but not in a module that is loaded over the network.
    #[cfg(target_family = "wasm")]
    let sink: &mut dyn Sink = sink;
    Reader { bytes: text.as_bytes(), at: 0, nesting, sink }.document()
}

struct Reader<'t, 's, S: ?Sized> {
    bytes: &'t [u8],
    at: usize,
    nesting: Nesting,
    sink: &'s mut S,
}

impl<S: Sink + ?Sized> Reader<'_, '_, S> {
    fn document(mut self) -> Result<(), CanonicalizeError> {
        loop {
            self.value()?;
            loop {
                let Some(container) = self.nesting.innermost() else { return self.only_white_is_left() };
                match (self.significant()?, container) {
                    (b',', Container::Array) => {
                        self.at += 1;
                        break;
                    }
                    (b',', Container::Object) => {
                        self.at += 1;
                        self.key()?;
                        break;
                    }
                    (b']', Container::Array) | (b'}', Container::Object) => self.end(container),
                    _ => return Err(CanonicalizeError::not_json(self.at)),
                }
            }
        }
    }

    /// Reads a scalar, an empty container, or the brackets and keys down to the first of these.
    #[inline(always)]
    fn value(&mut self) -> Result<(), CanonicalizeError> {
        loop {
            let start = self.at_significant()?;
            let scalar = match self.bytes[start] {
                b'"' => {
                    let token = string::scan(self.bytes, start + 1).map_err(CanonicalizeError::not_json)?;
                    self.at = token.end + 1;
                    Scalar::String(token)
                }
                b'-' | b'0'..=b'9' => {
                    let token = number::scan(self.bytes, start).map_err(CanonicalizeError::not_json)?;
                    self.at = token.end;
                    Scalar::Number(token)
                }
                b'{' => {
                    self.begin(Container::Object)?;
                    if self.significant()? == b'}' {
                        self.end(Container::Object);
                        return Ok(());
                    }
                    self.key()?;
                    continue;
                }
                b'[' => {
                    self.begin(Container::Array)?;
                    if self.significant()? == b']' {
                        self.end(Container::Array);
                        return Ok(());
                    }
                    continue;
                }
                b't' => self.literal(b"true")?,
                b'f' => self.literal(b"false")?,
                b'n' => self.literal(b"null")?,
                _ => return Err(CanonicalizeError::not_json(start)),
            };
            self.sink.scalar(scalar, self.nesting.level);
            return Ok(());
        }
    }

    /// Reads a member's name and its colon.
    #[inline(always)]
    fn key(&mut self) -> Result<(), CanonicalizeError> {
        if self.significant()? != b'"' {
            return Err(CanonicalizeError::not_json(self.at));
        }
        let key = string::scan(self.bytes, self.at + 1).map_err(CanonicalizeError::not_json)?;
        self.at = key.end + 1;
        self.sink.key(key, self.nesting.level);
        if self.significant()? != b':' {
            return Err(CanonicalizeError::not_json(self.at));
        }
        self.at += 1;
        Ok(())
    }

    fn literal(&mut self, word: &[u8]) -> Result<Scalar, CanonicalizeError> {
        let start = self.at;
        let same = self.bytes[start..].iter().zip(word).take_while(|(byte, expected)| byte == expected).count();
        self.at += same;
        if same < word.len() {
            return Err(CanonicalizeError::not_json(self.at));
        }
        Ok(Scalar::Literal { start, end: self.at })
    }

    #[inline(always)]
    fn begin(&mut self, container: Container) -> Result<(), CanonicalizeError> {
        if !self.nesting.enter(container) {
            return Err(CanonicalizeError::too_deep(self.at));
        }
        self.sink.begin(container, self.at, self.nesting.level);
        self.at += 1;
        Ok(())
    }

    #[inline(always)]
    fn end(&mut self, container: Container) {
        self.at += 1;
        self.sink.end(container, self.at, self.nesting.level);
        self.nesting.leave();
    }

    /// The next byte that is not white space, not yet consumed.
    #[inline(always)]
    fn significant(&mut self) -> Result<u8, CanonicalizeError> {
        self.at_significant().map(|at| self.bytes[at])
    }

    #[inline(always)]
    fn at_significant(&mut self) -> Result<usize, CanonicalizeError> {
        match self.bytes.get(self.at) {
            Some(byte) if *byte > b' ' => Ok(self.at),
            _ => {
                self.skip_white();
                if self.at < self.bytes.len() { Ok(self.at) } else { Err(CanonicalizeError::not_json(self.at)) }
            }
        }
    }

    fn skip_white(&mut self) {
        let start = self.at;
        self.at = end_of_white(self.bytes, start);
        if self.at > start {
            self.sink.white(start, self.at);
        }
    }

    fn only_white_is_left(&mut self) -> Result<(), CanonicalizeError> {
        self.skip_white();
        if self.at < self.bytes.len() { Err(CanonicalizeError::not_json(self.at)) } else { Ok(()) }
    }
}

/// Indentation eight spaces at a time: a loop over bytes mispredicts its end in every line.
#[inline(always)]
fn end_of_white(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let others = u64::from_le_bytes(*chunk) ^ swar::splat(b' ');
            at += swar::bytes_before(others);
            if others != 0 {
                break;
            }
        }
    }
    at
}

/// The open brackets, a bit each: set for an object.
struct Nesting {
    level: usize,
    limit: usize,
    objects: [u64; WORDS],
}

const WORDS: usize = MAX_DEPTH.div_ceil(u64::BITS as usize);

impl Nesting {
    #[inline(always)]
    fn enter(&mut self, container: Container) -> bool {
        if self.level == self.limit {
            return false;
        }
        let (word, bit) = (self.level / 64, self.level % 64);
        self.objects[word] = self.objects[word] & !(1 << bit) | u64::from(container == Container::Object) << bit;
        self.level += 1;
        true
    }

    #[inline(always)]
    fn leave(&mut self) {
        self.level -= 1;
    }

    #[inline(always)]
    fn innermost(&self) -> Option<Container> {
        let last = self.level.checked_sub(1)?;
        let is_object = self.objects[last / 64] >> (last % 64) & 1 == 1;
        Some(if is_object { Container::Object } else { Container::Array })
    }
}
