//! JSON as RFC 8259 has it: one reader, which builds no value, and what its tokens stand for.
//!
//! It knows nothing of ECMAScript: which spelling is canonical and how members are ordered is decided in `canonical`.

#[cfg(feature = "alloc")]
pub(crate) mod number;
#[cfg(feature = "alloc")]
mod reader;
#[cfg(feature = "alloc")]
pub(crate) mod string;
pub(crate) mod swar;
#[cfg(feature = "host")]
mod wtf8;

#[cfg(feature = "alloc")]
pub use reader::MAX_DEPTH;
#[cfg(feature = "alloc")]
pub(crate) use reader::{Container, Scalar, Sink, read};
#[cfg(feature = "alloc")]
pub(crate) use string::unescape;
#[cfg(feature = "alloc")]
#[cfg(feature = "host")]
pub(crate) use wtf8::push_wtf8;

#[cfg(feature = "alloc")]
use crate::CanonicalizeError;

#[cfg(feature = "alloc")]
pub(crate) fn check_utf8(bytes: &[u8]) -> Result<&str, CanonicalizeError> {
    core::str::from_utf8(bytes).map_err(|error| CanonicalizeError::not_utf8(error.valid_up_to()))
}
