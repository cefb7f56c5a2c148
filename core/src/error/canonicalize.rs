//! Why a text has no canonical form.

use core::fmt;

use super::Code;

/// A text that is not JSON, or not one that is taken.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Code, canonicalize};
///
/// let error = canonicalize(br#"{"a":1,}"#).unwrap_err();
/// assert_eq!(error.code(), Code::PayloadNotJson);
/// assert_eq!(error.offset(), 7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CanonicalizeError {
    code: Code,
    offset: usize,
}

impl CanonicalizeError {
    pub(crate) const fn not_utf8(offset: usize) -> Self {
        Self { code: Code::PayloadNotUtf8, offset }
    }

    pub(crate) const fn not_json(offset: usize) -> Self {
        Self { code: Code::PayloadNotJson, offset }
    }

    pub(crate) const fn too_deep(offset: usize) -> Self {
        Self { code: Code::PayloadTooDeep, offset }
    }

    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Where: the number of UTF-8 bytes before the first one that no accepted text has at that place.
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for CanonicalizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::write_with_offset(f, self.code, Some(self.offset))
    }
}

impl core::error::Error for CanonicalizeError {}
