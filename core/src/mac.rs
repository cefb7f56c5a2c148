//! HMAC-SHA256 (RFC 2104, FIPS 180-4) with a kept midstate, and the constant-time comparison.
//!
//! Every line of this crate that touches a key, a hash or a comparison of secret-dependent bytes is in this file.

use ctutils::{Choice, CtEq, CtSelect};
use hmac::{Hmac, KeyInit, Mac as _};
#[cfg(feature = "alloc")]
use sha2::Digest;
use sha2::Sha256;

/// Octets of an HMAC-SHA256 tag and of a SHA-256 digest.
pub(crate) const DIGEST_BYTES: usize = 32;

/// A key as the two hash states RFC 2104 section 4 recommends to keep: the key itself is not kept, and a message costs no
/// key schedule. The states are zeroized on drop (the features `zeroize` of hmac and sha2).
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    pub(crate) fn new(key: &[u8]) -> Self {
        let states = Self::scheduled(key);
        wipe_stack();
        states
    }

    #[allow(clippy::expect_used, reason = "HMAC takes a key of any length; the error type serves other MACs")]
    #[inline(never)]
    fn scheduled(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    #[inline]
    pub(crate) fn start(&self) -> Mac {
        Mac(self.0.clone())
    }
}

/// One message being authenticated.
pub(crate) struct Mac(Hmac<Sha256>);

impl Mac {
    #[inline]
    pub(crate) fn feed(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    #[inline]
    pub(crate) fn tag(self) -> [u8; DIGEST_BYTES] {
        self.0.finalize().into_bytes().into()
    }
}

/// Which of the computed tags is the expected one: the lowest index that matches, if any.
///
/// Every tag is computed and compared whatever the others gave, so the time tells neither where two tags differ nor
/// which secret matched; only the final verdict is a branch.
pub(crate) fn first_match(
    tags: impl Iterator<Item = [u8; DIGEST_BYTES]>,
    expected: &[u8; DIGEST_BYTES],
) -> Option<usize> {
    let mut found = Choice::FALSE;
    let mut index = 0_u32;
    for (position, tag) in (0_u32..).zip(tags) {
        let equal = tag.ct_eq(expected);
        index = index.ct_select(&position, equal.and(found.not()));
        found = found.or(equal);
    }
    found.to_bool().then_some(index as usize)
}

/// Overwrites what the functions that were called before have left on the stack: keys, copies of hash states, tags. They lie no
/// deeper where a function that is not inlined computes with them.
#[inline(never)]
pub(crate) fn wipe_stack() {
    core::hint::black_box(&mut [0_u8; DEEPEST]);
}

/// Bytes. `tests/js/leftovers.test.mjs` finds what lies deeper.
const DEEPEST: usize = 4096;

/// Of pieces, as if they were one.
#[cfg(feature = "alloc")]
pub(crate) fn sha256(pieces: &[&[u8]]) -> [u8; DIGEST_BYTES] {
    pieces.iter().fold(Sha256::new(), Sha256::chain_update).finalize().into()
}

#[cfg(test)]
mod tests;
