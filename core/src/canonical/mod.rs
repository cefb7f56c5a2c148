//! Canonical text: `JSON.stringify(JSON.parse(text))` of ECMAScript, byte for byte, without building the value.
//!
//! The reader walks the text once and tells a [`Sink`](json::Sink) what it meets. The writer is a sink that copies: as
//! long as what it is told of is already canonical it only remembers where the run began, so canonical text costs one scan
//! and one copy. White space and other spellings of strings and numbers end a run. Of objects whose members are to be
//! reordered the members' places are recorded, and a second pass writes the text from those places (see [`members`] and
//! [`reorder`]).
//!
//! Nothing recurses: nesting is a bit per level in the reader and a `Vec` in the writer.

mod decimal;
mod duplicate_names;
mod members;
mod number;
mod output;
mod quote;
mod reorder;
mod writer;

use alloc::{string::String, vec::Vec};

#[cfg(feature = "serde")]
pub(crate) use number::to_double;
pub(crate) use quote::{canonical_contents, quoted_pieces};

use crate::{
    CanonicalizeError,
    json::{self, MAX_DEPTH, check_utf8},
};
use writer::Writer;

/// Prints JSON text as `JSON.stringify(JSON.parse(text))` does (ECMA-262 sections 25.5.1 and 25.5.2).
///
/// That is what Twenty signs, so a body that something on the way has parsed and printed again gets its signed text
/// back: white space goes, keys are ordered as ECMAScript orders properties (array indices first, ascending; a repeated
/// key keeps its first place and its last value), numbers are doubles in their shortest spelling, strings are escaped
/// only where they must be. Two differences are stated: text that itself holds an unpaired surrogate is not UTF-8 (its
/// escape, `\ud800`, is fine and stays one), and nesting ends at [`MAX_DEPTH`].
///
/// The time is O(n log n) in the bytes, whatever they are.
///
/// # Errors
///
/// `payload_not_utf8`, judged over the whole text first; then, for the first offence from the left, `payload_not_json`
/// (RFC 8259; a byte order mark is one too) or `payload_too_deep`.
///
/// # Example
///
/// ```
/// let text = twenty_webhook::canonicalize(br#"{ "b": 1.0, "a": "\u00e9\/", "1": 1e3, "b": -0 }"#)?;
/// assert_eq!(text, r#"{"1":1000,"b":0,"a":"é/"}"#);
/// # Ok::<(), twenty_webhook::CanonicalizeError>(())
/// ```
pub fn canonicalize(json: &[u8]) -> Result<String, CanonicalizeError> {
    Ok(text_of(canonicalize_to_vec(json)?))
}

/// The same as bytes, which are UTF-8.
pub(crate) fn canonicalize_to_vec(json: &[u8]) -> Result<Vec<u8>, CanonicalizeError> {
    let text = check_utf8(json)?;
    let mut writer = Writer::new(text);
    json::read(text, MAX_DEPTH, &mut writer)?;
    Ok(writer.finish())
}

/// The text that was written in bytes.
#[allow(clippy::expect_used, reason = "what is written was UTF-8 where it was read, and is cut at ASCII only")]
fn text_of(written: Vec<u8>) -> String {
    String::from_utf8(written).expect("pieces of a text, and ASCII")
}
