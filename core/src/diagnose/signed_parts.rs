//! What of a request is signed, in the parts in which it is shown.

use alloc::{borrow::Cow, vec::Vec};

use super::{Evidence, head::Head};
use crate::{CanonicalizeError, Headers, PayloadForm, canonical::quoted_pieces, wire};

/// The text that is signed is `timestamp`, `separator` and `payload`.
pub(crate) struct SignedParts<'a> {
    pub(crate) timestamp: Option<&'a [u8]>,
    pub(crate) separator: &'static [u8],
    /// Where it is not the body.
    pub(crate) payload: Option<Vec<u8>>,
    pub(crate) signature: Option<&'a [u8]>,
}

impl<'a, H: Headers + ?Sized> Evidence<'a, H> {
    pub(crate) fn signed_parts(&self) -> Result<SignedParts<'a>, CanonicalizeError> {
        let head = Head::read(self.headers, self.options.header_prefix());
        let payload = match (self.options.payload_form, wire::payload_of(self.options.payload_form, self.body)?) {
            (PayloadForm::JsonString, payload) => {
                let mut quoted = Vec::with_capacity(payload.len() + 2);
                quoted_pieces(&payload, |piece| quoted.extend_from_slice(piece));
                Some(quoted)
            }
            (_, Cow::Owned(payload)) => Some(payload),
            (_, Cow::Borrowed(_)) => None,
        };
        let (timestamp, signature) = (head.timestamp(), head.signature());
        Ok(SignedParts { timestamp, separator: wire::SEPARATOR, payload, signature })
    }
}
