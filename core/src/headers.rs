//! The headers of a request, and the three that matter.

mod prefix;

pub(crate) use prefix::{HeaderPrefix, MAX_PREFIX_BYTES};

use crate::{
    error::{Reason, SUBJECT_BYTES, Subject},
    json::swar,
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

    /// For hosts that have found the values already: shows the values of the headers that have one of these names, each with
    /// the name's number.
    #[cfg(feature = "host")]
    #[doc(hidden)]
    fn visit_named<'h>(&'h self, names: &HeaderNames<'_>, visitor: impl FnMut(usize, &'h [u8])) {
        names.found_in(self, visitor);
    }
}

/// The names of the three headers that are looked at.
#[cfg_attr(not(feature = "host"), allow(unreachable_pub, reason = "only hosts are shown it"))]
#[derive(Debug)]
pub struct HeaderNames<'a>(pub(crate) &'a HeaderPrefix);

impl HeaderNames<'_> {
    /// The place of a name, in any case, in [`Webhook::header_names`](crate::Webhook::header_names).
    fn number_of(&self, name: &[u8]) -> Option<usize> {
        let prefix = self.0.0.as_bytes();
        // The words come first: by their length alone nearly every other header is passed over.
        let (start, word) = name.split_at_checked(prefix.len())?;
        let number = wire::WORDS.iter().position(|known| word.eq_ignore_ascii_case(known.as_bytes()))?;
        start.eq_ignore_ascii_case(prefix).then_some(number)
    }

    fn found_in<'h>(&self, headers: &'h (impl Headers + ?Sized), mut visitor: impl FnMut(usize, &'h [u8])) {
        headers.visit(|name, value| {
            if let Some(number) = self.number_of(name) {
                visitor(number, value);
            }
        });
    }
}

impl<H: Headers + ?Sized> Headers for &H {
    fn visit<'h>(&'h self, visitor: impl FnMut(&'h [u8], &'h [u8])) {
        (**self).visit(visitor);
    }

    #[cfg(feature = "host")]
    fn visit_named<'h>(&'h self, names: &HeaderNames<'_>, visitor: impl FnMut(usize, &'h [u8])) {
        (**self).visit_named(names, visitor);
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
        let [mut timestamp, mut signature, mut nonce] = [Slot::Absent, Slot::Absent, Slot::Absent];
        let put = |number, value| match number {
            0 => timestamp.put(value),
            1 => signature.put(value),
            2 => nonce.put(value),
            _ => {}
        };
        #[cfg(feature = "host")]
        headers.visit_named(&HeaderNames(prefix), put);
        #[cfg(not(feature = "host"))]
        HeaderNames(prefix).found_in(headers, put);

        let name = |word| header_name(prefix, word);
        match (&timestamp, &signature, &nonce) {
            (Slot::Repeated, _, _) => Err(Reason::RepeatedHeader(name(wire::TIMESTAMP))),
            (_, Slot::Repeated, _) => Err(Reason::RepeatedHeader(name(wire::SIGNATURE))),
            (Slot::Absent, Slot::Absent, Slot::Absent) => {
                Err(with_other_prefix(headers).map_or_else(|| Reason::NoHeaders(name("")), Reason::OtherPrefix))
            }
            (Slot::Absent, _, _) => Err(Reason::MissingHeader(name(wire::TIMESTAMP))),
            (_, Slot::Absent, _) => Err(Reason::MissingHeader(name(wire::SIGNATURE))),
            (Slot::One(timestamp), Slot::One(signature), _) => {
                Ok(Self { timestamp, signature, nonce: nonce.usable_nonce() })
            }
        }
    }
}

/// The name of a header that would be the signature's if the prefix were another. It was received, so it is told only if it is
/// one that could be set.
fn with_other_prefix<H: Headers + ?Sized>(headers: &H) -> Option<Subject> {
    let mut found = None;
    headers.visit(|name, _| {
        let Ok(text) = core::str::from_utf8(name) else { return };
        let at = text.len().saturating_sub(wire::SIGNATURE.len());
        let Some((prefix, word)) = text.split_at_checked(at) else { return };
        let is_signature = word.eq_ignore_ascii_case(wire::SIGNATURE) && ends_with(prefix, "webhook-");
        if is_signature && prefix.parse::<HeaderPrefix>().is_ok() {
            found = Subject::from(text).ok();
        }
    });
    found
}

fn ends_with(text: &str, end: &str) -> bool {
    let found = text.len().checked_sub(end.len()).and_then(|at| text.get(at..));
    found.is_some_and(|found| found.eq_ignore_ascii_case(end))
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
            Self::Absent if !has_comma(value) => Self::One(value),
            _ => Self::Repeated,
        };
    }

    fn usable_nonce(&self) -> Option<&'h str> {
        match *self {
            Self::One(value) => usable_nonce(value),
            _ => None,
        }
    }
}

/// A nonce is reported if it is 1 to 128 visible ASCII characters.
pub(crate) fn usable_nonce(value: &[u8]) -> Option<&str> {
    let is_usable = (1..=MAX_NONCE_BYTES).contains(&value.len()) && value.iter().all(u8::is_ascii_graphic);
    if is_usable { core::str::from_utf8(value).ok() } else { None }
}

/// Eight bytes at a time.
fn has_comma(mut value: &[u8]) -> bool {
    while let Some((word, rest)) = value.split_first_chunk() {
        if swar::first_equal(u64::from_le_bytes(*word), b',') != 0 {
            return true;
        }
        value = rest;
    }
    value.contains(&b',')
}

const MAX_NONCE_BYTES: usize = 128;

/// How much of a header's value is looked at. No genuine value is a tenth as long, so what is cut off cannot make a good
/// delivery of a bad one, and a host that has to copy values need not copy megabytes.
pub const MAX_HEADER_VALUE_BYTES: usize = 1024;

/// A whole header name, as a refusal tells it.
pub(crate) type HeaderName = Subject;

const _: () = assert!(MAX_PREFIX_BYTES + wire::LONGEST_WORD == SUBJECT_BYTES, "a whole name has room");

pub(crate) fn header_name(prefix: &HeaderPrefix, word: &str) -> HeaderName {
    let mut name = HeaderName::new();
    name.push_str(&prefix.0);
    name.push_str(word);
    name
}

#[cfg(test)]
mod tests;
