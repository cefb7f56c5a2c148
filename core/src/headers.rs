//! The headers of a request, and the three that matter.

use arrayvec::ArrayString;

use crate::{
    error::Reason,
    options::{HeaderPrefix, MAX_PREFIX_BYTES},
    wire,
};

/// The headers of a request, as pairs of a name and a value.
///
/// Implemented for slices, arrays and vectors of pairs of texts or bytes, and with the feature `http` for
/// `http::HeaderMap`. Names may be in any case; a name that occurs twice is to be shown twice; values are bytes as
/// received, never trimmed, joined or decoded. Of a value only the first [`MAX_HEADER_VALUE_BYTES`] are looked at.
///
/// # Example
///
/// ```
/// use twenty_webhook::Headers;
///
/// struct Logged<'a>(&'a [(String, Vec<u8>)]);
///
/// impl Headers for Logged<'_> {
///     fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
///         for (name, value) in self.0 {
///             visitor(name.as_bytes(), value);
///         }
///     }
/// }
/// ```
pub trait Headers {
    /// Shows every pair to `visitor`, in any order.
    fn visit<'h>(&'h self, visitor: impl FnMut(&'h [u8], &'h [u8]));
}

impl<H: Headers + ?Sized> Headers for &H {
    fn visit<'h>(&'h self, visitor: impl FnMut(&'h [u8], &'h [u8])) {
        (**self).visit(visitor);
    }
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Headers for [(N, V)] {
    fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
        for (name, value) in self {
            visitor(name.as_ref(), value.as_ref());
        }
    }
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>, const COUNT: usize> Headers for [(N, V); COUNT] {
    fn visit<'h>(&'h self, visitor: impl FnMut(&'h [u8], &'h [u8])) {
        self.as_slice().visit(visitor);
    }
}

#[cfg(feature = "alloc")]
impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Headers for alloc::vec::Vec<(N, V)> {
    fn visit<'h>(&'h self, visitor: impl FnMut(&'h [u8], &'h [u8])) {
        self.as_slice().visit(visitor);
    }
}

#[cfg(feature = "http")]
impl Headers for http::HeaderMap {
    fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
        for (name, value) in self {
            visitor(name.as_str().as_bytes(), value.as_bytes());
        }
    }
}

/// The two headers that decide, and the one that does not.
pub(crate) struct SignatureHeaders<'h> {
    pub(crate) timestamp: &'h [u8],
    pub(crate) signature: &'h [u8],
    /// Not part of the signed text, so it proves nothing: reported where it is usable, never a reason to refuse.
    pub(crate) nonce: Option<&'h str>,
}

impl<'h> SignatureHeaders<'h> {
    /// Picks them out. A repeated one is found before a missing one, and the timestamp before the signature.
    pub(crate) fn read<H: Headers + ?Sized>(headers: &'h H, prefix: &HeaderPrefix) -> Result<Self, Reason> {
        let mut timestamp = Slot::Absent;
        let mut signature = Slot::Absent;
        let mut nonce = Slot::Absent;
        headers.visit(|name, value| {
            // The words come first: by their length alone nearly every other header is passed over.
            let Some((start, word)) = name.split_at_checked(prefix.0.len()) else { return };
            let is = |expected: &str| word.eq_ignore_ascii_case(expected.as_bytes());
            let slot = if is(wire::TIMESTAMP) {
                &mut timestamp
            } else if is(wire::SIGNATURE) {
                &mut signature
            } else if is(wire::NONCE) {
                &mut nonce
            } else {
                return;
            };
            if start.eq_ignore_ascii_case(prefix.0.as_bytes()) {
                slot.put(value);
            }
        });

        let name = |word| header_name(prefix, word);
        match (&timestamp, &signature, &nonce) {
            (Slot::Repeated, _, _) => Err(Reason::RepeatedHeader(name(wire::TIMESTAMP))),
            (_, Slot::Repeated, _) => Err(Reason::RepeatedHeader(name(wire::SIGNATURE))),
            (Slot::Absent, Slot::Absent, Slot::Absent) => Err(Reason::NoHeaders(name(""))),
            (Slot::Absent, _, _) => Err(Reason::MissingHeader(name(wire::TIMESTAMP))),
            (_, Slot::Absent, _) => Err(Reason::MissingHeader(name(wire::SIGNATURE))),
            (Slot::One(timestamp), Slot::One(signature), _) => {
                Ok(Self { timestamp, signature, nonce: nonce.visible_text() })
            }
        }
    }
}

/// What was seen of one header.
enum Slot<'h> {
    Absent,
    One(&'h [u8]),
    Repeated,
}

impl<'h> Slot<'h> {
    /// A comma is how HTTP joins repeated headers (RFC 9110 section 5.3), and none of the three values can hold one.
    fn put(&mut self, value: &'h [u8]) {
        let value = value.get(..MAX_HEADER_VALUE_BYTES).unwrap_or(value);
        *self = match self {
            Self::Absent if !any(value, |byte| byte == b',') => Self::One(value),
            _ => Self::Repeated,
        };
    }

    fn visible_text(&self) -> Option<&'h str> {
        match *self {
            Self::One(value) if (1..=MAX_NONCE_BYTES).contains(&value.len()) => {
                if any(value, |byte| !byte.is_ascii_graphic()) { None } else { core::str::from_utf8(value).ok() }
            }
            _ => None,
        }
    }
}

/// `Iterator::any` without an early exit, so that it compiles to sixteen comparisons an instruction.
fn any(bytes: &[u8], condition: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |found, byte| found | condition(*byte))
}

const MAX_NONCE_BYTES: usize = 128;

/// How much of a header's value is looked at. No genuine value is a tenth as long, so what is cut off cannot make a good
/// delivery of a bad one, and a host that has to copy values need not copy megabytes.
pub const MAX_HEADER_VALUE_BYTES: usize = 1024;

/// A whole header name.
pub(crate) type HeaderName = ArrayString<{ MAX_PREFIX_BYTES + wire::LONGEST_WORD }>;

pub(crate) fn header_name(prefix: &HeaderPrefix, word: &str) -> HeaderName {
    let mut name = HeaderName::new();
    name.push_str(&prefix.0);
    name.push_str(word);
    name
}

#[cfg(test)]
mod tests;
