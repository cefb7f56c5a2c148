//! The signature header: 64 lowercase hex digits, and back.

use arrayvec::ArrayString;

use crate::{
    error::{Excerpt, Reason},
    headers::MAX_HEADER_VALUE_BYTES,
    mac::DIGEST_BYTES,
};

/// Hex digits of a tag or a digest.
pub(crate) const HEX_DIGITS: usize = 2 * DIGEST_BYTES;

/// Reads the header's text. Only the form the sender prints is taken: exactly 64 digits, lower case, no prefix, so that two
/// texts never name the same signature. In constant time: `hex`, which prints digits here, takes upper case too and stops at
/// the first bad digit.
pub(crate) fn parse(text: &[u8]) -> Result<[u8; DIGEST_BYTES], Reason> {
    let malformed = || Reason::MalformedSignature(Excerpt::new(text, MAX_HEADER_VALUE_BYTES));
    let digits: &[u8; HEX_DIGITS] = text.try_into().map_err(|_| malformed())?;
    let mut tag = [0; DIGEST_BYTES];
    base16ct::lower::decode(digits, &mut tag).map_err(|_| malformed())?;
    Ok(tag)
}

/// The lowercase hex digits of `bytes`; `DIGITS` is twice their number.
#[allow(clippy::expect_used, reason = "the callers pass a constant number of bytes, half of the digits")]
pub(crate) fn hex_text<const DIGITS: usize>(bytes: &[u8]) -> ArrayString<DIGITS> {
    let mut digits = [0; DIGITS];
    hex::encode_to_slice(bytes, &mut digits).expect("two digits a byte");
    ArrayString::from_byte_string(&digits).expect("hex digits are ASCII")
}

#[cfg(test)]
mod tests;
