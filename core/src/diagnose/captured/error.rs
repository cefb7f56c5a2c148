//! Why a text holds no request.

use alloc::{format, string::String};
use core::fmt;

/// Why a text holds no request: a sentence for people.
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::captured_requests;
///
/// let error = captured_requests(b"curl 'https://example.com").unwrap_err();
/// assert_eq!(error.to_string(), "A quote is not closed.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureError(String);

impl CaptureError {
    pub(super) fn new(sentence: impl fmt::Display) -> Self {
        Self(format!("{sentence}"))
    }
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for CaptureError {}
