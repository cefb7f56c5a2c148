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
    /// One of the addresses.
    Url(usize),
    UrlAndTimestamp(usize),
}

/// That of the configured form first, the likeliest mistakes before others.
pub(super) fn all(form: PayloadForm, addresses: usize) -> Vec<Tried<Template>> {
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
    ];
    let with_url = (0..addresses).flat_map(|number| [Template::Url(number), Template::UrlAndTimestamp(number)]);
    let others = others.into_iter().chain(with_url.map(|template| (template, Cause::SignedUrl)));
    all.extend(others.map(|(template, cause)| Tried::undoing([cause], template)));
    all
}

impl Template {
    pub(super) fn tag(self, key: &Key, timestamp: &[u8], body: &[u8], search: &Search<'_>) -> [u8; DIGEST_BYTES] {
        let nonce = search.nonce;
        let url = |number: usize| search.addresses[number].as_bytes();
        let before: &[&[u8]] = match self {
            Self::Separated(separator) => &[timestamp, separator],
            Self::BodyOnly => &[],
            Self::Quoted => &[timestamp, b":"],
            Self::Nonce(separator) => &[timestamp, separator, nonce, separator],
            Self::NonceFirst => &[nonce, b":", timestamp, b":"],
            Self::Url(number) => &[url(number)],
            Self::UrlAndTimestamp(number) => &[timestamp, b":", url(number), b":"],
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
