//! The signature header: 64 lowercase hex digits, and back.

use arrayvec::ArrayString;

use crate::{
    error::{Excerpt, Reason},
    mac::DIGEST_BYTES,
    words,
};

/// Hex digits of a tag or a digest.
pub(crate) const HEX_DIGITS: usize = 2 * DIGEST_BYTES;

/// Reads the header's text. Only the form the sender prints is taken: exactly 64 digits, lower case, no prefix.
///
/// The crate `hex` takes upper case too, and would need a second look at every digit; a signature has one spelling here,
/// so that two texts never name the same one. Eight digits are judged at once: one by one they took a fifth of a small
/// verification, and in WebAssembly a tenth.
pub(crate) fn parse(text: &[u8]) -> Result<[u8; DIGEST_BYTES], Reason> {
    let malformed = || Reason::MalformedSignature(Excerpt::new(text));
    let digits: &[u8; HEX_DIGITS] = text.try_into().map_err(|_| malformed())?;
    let mut tag = [0; DIGEST_BYTES];
    let mut are_digits = true;
    for (bytes, digits) in tag.chunks_exact_mut(4).zip(digits.chunks_exact(8)) {
        let word = digits.first_chunk().map_or(0, |digits| u64::from_le_bytes(*digits));
        are_digits &= are_lowercase_hex(word);
        bytes.copy_from_slice(&pairs(word));
    }
    if are_digits { Ok(tag) } else { Err(malformed()) }
}

/// Whether all eight bytes are.
const fn are_lowercase_hex(word: u64) -> bool {
    let digits = words::at_least(word, b'0') & !words::at_least(word, b'9' + 1);
    let letters = words::at_least(word, b'a') & !words::at_least(word, b'f' + 1);
    digits | letters == words::TOPS
}

/// The bytes that eight lowercase hex digits, the first in the lowest byte, stand for.
const fn pairs(word: u64) -> [u8; 4] {
    let values = (word & words::splat(0xf)) + ((word >> 6) & words::splat(1)) * 9;
    let [first, _, second, _, third, _, fourth, _] = (values << 4 | values >> 8).to_le_bytes();
    [first, second, third, fourth]
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
