//! The spellings in which a signature may have come.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

use super::Cause;
use crate::mac::DIGEST_BYTES;

/// The tag that a header's value holds, and what is wrong with the spelling.
pub(super) fn read(value: &[u8]) -> Option<([u8; DIGEST_BYTES], Option<Cause>)> {
    let text = core::str::from_utf8(value).ok()?;
    let bare = bare(text);
    let surrounded = (bare != text).then_some(Cause::SignatureHasPrefix);
    if let Some(tag) = exact(HEXLOWER_PERMISSIVE.decode(bare.as_bytes())) {
        let is_lower = !bare.bytes().any(|byte| byte.is_ascii_uppercase());
        return Some((tag, surrounded.or((!is_lower).then_some(Cause::SignatureInUpperCase))));
    }
    let codings = [&BASE64, &BASE64_NOPAD, &BASE64URL_NOPAD];
    let tag = codings.iter().find_map(|coding| exact(coding.decode(bare.as_bytes())))?;
    Some((tag, Some(Cause::SignatureInBase64)))
}

/// Without what other schemes put before it, and without quotes and blanks.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches(['"', '\'']);
    // Other schemes name a version or an algorithm, and may have a timestamp before.
    let text = text.rsplit_once(',').map_or(text, |(_, last)| last);
    let named = text.split_once('=').filter(|(name, rest)| name.len() <= LONGEST_NAME && !rest.trim_matches('=').is_empty());
    named.map_or(text, |(_, rest)| rest)
}

fn exact<E>(decoded: Result<alloc::vec::Vec<u8>, E>) -> Option<[u8; DIGEST_BYTES]> {
    decoded.ok()?.try_into().ok()
}

const LONGEST_NAME: usize = 12;
