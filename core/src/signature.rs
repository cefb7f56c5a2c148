//! The signature header: 64 lowercase hex digits, and back.

use arrayvec::ArrayString;

use crate::{
    error::{Excerpt, Reason},
    mac::DIGEST_BYTES,
};

/// Hex digits of a tag or a digest.
pub(crate) const HEX_DIGITS: usize = 2 * DIGEST_BYTES;

/// Reads the header's text. Only the form the sender prints is taken: exactly 64 digits, lower case, no prefix.
///
/// The crate `hex` takes upper case too, and would need a second look at every digit; a signature has one spelling here,
/// so that two texts never name the same one. Without an early exit this compiles to a few vector instructions, which
/// matters: with a loop that stops at the first bad digit the decoding took a fifth of a small verification.
pub(crate) fn parse(text: &[u8]) -> Result<[u8; DIGEST_BYTES], Reason> {
    let malformed = || Reason::MalformedSignature(Excerpt::new(text));
    let digits: &[u8; HEX_DIGITS] = text.try_into().map_err(|_| malformed())?;
    let values = digits.map(nibble);
    if values.iter().fold(0, |all, value| all | value) > 0xf {
        return Err(malformed());
    }
    let mut tag = [0; DIGEST_BYTES];
    for (byte, pair) in tag.iter_mut().zip(values.chunks_exact(2)) {
        *byte = pair[0] << 4 | pair[1];
    }
    Ok(tag)
}

/// The value of a lowercase hex digit; above 15 for anything else.
const fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => u8::MAX,
    }
}

/// The lowercase hex digits of `bytes`; `DIGITS` is twice their number.
#[allow(clippy::expect_used, reason = "the callers pass a constant number of bytes, half of the digits")]
pub(crate) fn hex_text<const DIGITS: usize>(bytes: &[u8]) -> ArrayString<DIGITS> {
    let mut digits = [0; DIGITS];
    hex::encode_to_slice(bytes, &mut digits).expect("two digits a byte");
    ArrayString::from_byte_string(&digits).expect("hex digits are ASCII")
}
