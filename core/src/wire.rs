//! What goes over the wire: the names of the three headers and the text that is signed.
//!
//! Source: the sender's code, unchanged since it signs (2024-12). The header names are a prefix, which rebranded
//! servers rename, and one of three words. The signed text is the timestamp header, a colon and the body.

mod payload_form;

pub use payload_form::PayloadForm;

use crate::mac::{DIGEST_BYTES, Key};
#[cfg(feature = "alloc")]
use crate::{
    CanonicalizeError,
    canonical::{canonicalize_to_vec, quoted_pieces},
    json::check_utf8,
};

/// The text that is authenticated.
#[cfg(feature = "alloc")]
pub(crate) type Payload<'a> = alloc::borrow::Cow<'a, [u8]>;
#[cfg(not(feature = "alloc"))]
pub(crate) type Payload<'a> = &'a [u8];

pub(crate) const DEFAULT_HEADER_PREFIX: &str = "X-Twenty-Webhook-";
pub(crate) const TIMESTAMP: &str = "Timestamp";
pub(crate) const SIGNATURE: &str = "Signature";
pub(crate) const NONCE: &str = "Nonce";
/// In the order in which headers are shown, picked and numbered.
pub(crate) const WORDS: [&str; 3] = [TIMESTAMP, SIGNATURE, NONCE];

/// Octets of the longest of the three words above.
pub(crate) const LONGEST_WORD: usize = 9;

pub(crate) const SEPARATOR: &[u8] = b":";

/// The text that is signed, fed to the hash in pieces: nothing is joined, nothing is copied.
pub(crate) struct SignedText<'a> {
    /// The timestamp header's text as received, never a reprint of its value: leading zeros are part of it.
    pub(crate) timestamp: &'a [u8],
    /// What [`payload_of`] made of the body.
    pub(crate) payload: &'a [u8],
    pub(crate) form: PayloadForm,
}

impl SignedText<'_> {
    #[inline]
    pub(crate) fn tag(&self, key: &Key) -> [u8; DIGEST_BYTES] {
        let mut mac = key.start();
        mac.feed(self.timestamp);
        mac.feed(SEPARATOR);
        match self.form {
            #[cfg(feature = "alloc")]
            PayloadForm::JsonString => quoted_pieces(self.payload, |piece| mac.feed(piece)),
            _ => mac.feed(self.payload),
        }
        mac.tag()
    }
}

/// The payload a body stands for.
#[cfg(feature = "alloc")]
pub(crate) fn payload_of(form: PayloadForm, body: &[u8]) -> Result<Payload<'_>, CanonicalizeError> {
    match form {
        PayloadForm::Raw => Ok(Payload::Borrowed(body)),
        PayloadForm::Canonical => Ok(Payload::Owned(canonicalize_to_vec(body)?)),
        PayloadForm::JsonString => Ok(Payload::Borrowed(check_utf8(body)?.as_bytes())),
    }
}

/// The payload a body stands for: without allocation there is but one form.
#[cfg(not(feature = "alloc"))]
pub(crate) fn payload_of(PayloadForm::Raw: PayloadForm, body: &[u8]) -> Result<Payload<'_>, core::convert::Infallible> {
    Ok(body)
}
