//! What a call hands over when it fails: the core's word, status and sentence, and where.

use napi_derive::napi;
use twenty_webhook::{CanonicalizeError, Code, ConfigError, SignError, VerifyError};

#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Failure {
    pub code: &'static str,
    pub status: Option<u16>,
    pub message: String,
    pub offset: Option<f64>,
}

impl Failure {
    fn new(code: Code, message: impl ToString, offset: Option<usize>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "no text has 2^53 bytes")]
        let offset = offset.map(|offset| offset as f64);
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
