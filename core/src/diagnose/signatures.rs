//! The spellings in which a signature may have come.

use alloc::vec::Vec;

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

use super::Cause;
use crate::mac::DIGEST_BYTES;

/// A tag, and what is wrong with its spelling.
pub(super) type Signature = ([u8; DIGEST_BYTES], Vec<Cause>);

/// The tag that a header's value holds.
pub(super) fn read(value: &[u8]) -> Option<Signature> {
    let text = core::str::from_utf8(value).ok()?;
    let bare = bare(text);
    let mut causes = Vec::new();
    if bare != text {
        causes.push(Cause::SignatureHasPrefix);
    }
    if let Some(tag) = exact(HEXLOWER_PERMISSIVE.decode(bare.as_bytes())) {
        if bare.bytes().any(|byte| byte.is_ascii_uppercase()) {
            causes.push(Cause::SignatureInUpperCase);
        }
        return Some((tag, causes));
    }
    let codings = [&BASE64, &BASE64_NOPAD, &BASE64URL, &BASE64URL_NOPAD];
    let tag = codings.iter().find_map(|coding| exact(coding.decode(bare.as_bytes())))?;
    causes.push(Cause::SignatureInBase64);
    Some((tag, causes))
}

/// Without quotes and blanks, and without what other schemes put before it: a timestamp, the name of a version or of an
/// algorithm.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches(['"', '\'']);
    let text = text.rsplit([',', ' ']).next().unwrap_or_default();
    let named =
        text.split_once('=').filter(|(name, rest)| name.len() <= LONGEST_NAME && !rest.trim_matches('=').is_empty());
    named.map_or(text, |(_, rest)| rest)
}

fn exact<E>(decoded: Result<Vec<u8>, E>) -> Option<[u8; DIGEST_BYTES]> {
    decoded.ok()?.try_into().ok()
}

const LONGEST_NAME: usize = 12;
