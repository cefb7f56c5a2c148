//! The signature header: 64 lowercase hex digits, and back.

use arrayvec::ArrayString;

use crate::{
    error::{Excerpt, Reason},
    mac::DIGEST_BYTES,
};

/// Hex digits of a tag or a digest.
pub(crate) const HEX_DIGITS: usize = 2 * DIGEST_BYTES;

/// Reads the header's text. Only the form the sender prints is taken: exactly 64 digits, lower case, no prefix.
pub(crate) fn parse(text: &[u8]) -> Result<[u8; DIGEST_BYTES], Reason> {
    let mut tag = [0; DIGEST_BYTES];
    // The decoder takes upper case too; a signature has one spelling, so that two texts never name the same one.
    if text.iter().any(u8::is_ascii_uppercase) || hex::decode_to_slice(text, &mut tag).is_err() {
        return Err(Reason::MalformedSignature(Excerpt::new(text)));
    }
    Ok(tag)
}

/// Prints a tag or a digest as the sender does.
pub(crate) fn print(digest: &[u8; DIGEST_BYTES]) -> ArrayString<HEX_DIGITS> {
    hex_text(digest)
}

/// The lowercase hex digits of `bytes`; `DIGITS` is twice their number.
#[allow(clippy::expect_used, reason = "both callers pass a constant number of bytes, half of the digits")]
pub(crate) fn hex_text<const DIGITS: usize>(bytes: &[u8]) -> ArrayString<DIGITS> {
    let mut digits = [0; DIGITS];
    hex::encode_to_slice(bytes, &mut digits).expect("two digits a byte");
    ArrayString::from_byte_string(&digits).expect("hex digits are ASCII")
}
