//! What may have been signed, of a timestamp, a body and what else there is.

use alloc::vec::Vec;

use super::{Search, Tried};
use crate::{
    PayloadForm,
    canonical::quoted_pieces,
    diagnose::Cause,
    mac::{DIGEST_BYTES, Key},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Template {
    /// The timestamp, this, the body.
    Separated(&'static [u8]),
    BodyOnly,
    Quoted,
    /// The timestamp, the nonce and the body, with this between them.
    Nonce(&'static [u8]),
    NonceFirst,
    Url,
    UrlAndTimestamp,
}

/// That of the configured form first, the likeliest mistakes before others.
pub(super) fn all(form: PayloadForm) -> Vec<Tried<Template>> {
    let mut all = Vec::from([
        Tried::given(Template::Separated(b":")),
        Tried::undoing([Cause::SignedQuotedBody], Template::Quoted),
    ]);
    if form == PayloadForm::JsonString {
        all = Vec::from([
            Tried::given(Template::Quoted),
            Tried::undoing([Cause::OtherPayloadForm], Template::Separated(b":")),
        ]);
    }
    let others = [
        (Template::BodyOnly, Cause::SignedBodyOnly),
        (Template::Separated(b"."), Cause::SignedWithDot),
        (Template::Nonce(b":"), Cause::SignedNonce),
        (Template::Nonce(b"."), Cause::SignedNonce),
        (Template::NonceFirst, Cause::SignedNonce),
        (Template::Url, Cause::SignedUrl),
        (Template::UrlAndTimestamp, Cause::SignedUrl),
    ];
    all.extend(others.into_iter().map(|(template, cause)| Tried::undoing([cause], template)));
    all
}

impl Template {
    pub(super) fn tag(self, key: &Key, timestamp: &[u8], body: &[u8], search: &Search<'_>) -> [u8; DIGEST_BYTES] {
        let (nonce, url) = (search.nonce, search.url.as_bytes());
        let before: &[&[u8]] = match self {
            Self::Separated(separator) => &[timestamp, separator],
            Self::BodyOnly => &[],
            Self::Quoted => &[timestamp, b":"],
            Self::Nonce(separator) => &[timestamp, separator, nonce, separator],
            Self::NonceFirst => &[nonce, b":", timestamp, b":"],
            Self::Url => &[url],
            Self::UrlAndTimestamp => &[timestamp, b":", url, b":"],
        };
        let mut mac = key.start();
        for piece in before {
            mac.feed(piece);
        }
        if self == Self::Quoted {
            quoted_pieces(body, |piece| mac.feed(piece));
        } else {
            mac.feed(body);
        }
        mac.tag()
    }
}
