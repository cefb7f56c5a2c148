//! What a call hands over when it fails: the core's word, status and sentence, and where.

use serde::Serialize;
use twenty_webhook::{CanonicalizeError, Code, ConfigError, SignError, VerifyError};
use wasm_bindgen::JsValue;

#[derive(Debug, Serialize)]
pub struct Failure {
    code: &'static str,
    status: Option<u16>,
    message: String,
    offset: Option<usize>,
}

impl Failure {
    fn new(code: Code, message: impl ToString, offset: Option<usize>) -> Self {
        Self { code: code.as_str(), status: code.status(), message: message.to_string(), offset }
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        Self::new(error.code(), &error, None)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error.code(), error, None)
    }
}

impl From<SignError> for Failure {
    fn from(error: SignError) -> Self {
        Self::new(error.code(), error, error.offset())
    }
}

impl From<CanonicalizeError> for Failure {
    fn from(error: CanonicalizeError) -> Self {
        Self::new(error.code(), error, Some(error.offset()))
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        serde_wasm_bindgen::to_value(&failure).unwrap_or(Self::UNDEFINED)
    }
}
