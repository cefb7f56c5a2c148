//! What a call hands over when it fails.

use alloc::string::{String, ToString};

use crate::{Code, Refusal};

/// The code, its status, the sentence, and where in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Empty for a value that cannot be meant.
    pub code: &'static str,
    /// Of what is refused at a request.
    pub status: Option<u16>,
    /// The sentence.
    pub message: String,
    /// In bytes.
    pub offset: Option<usize>,
}

impl Failure {
    pub(super) fn mistake(told: &(impl ToString + ?Sized)) -> Self {
        Self { code: "", status: None, message: told.to_string(), offset: None }
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self { code: code.as_str(), status: code.status(), message: code.meaning().to_string(), offset: None }
    }
}

impl<E: Refusal> From<E> for Failure {
    fn from(error: E) -> Self {
        let code = error.code();
        Self { code: code.as_str(), status: code.status(), message: error.to_string(), offset: error.offset() }
    }
}
