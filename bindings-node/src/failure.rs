//! What a call hands over when it fails: the core's word, status and sentence, and where.

use napi_derive::napi;
use twenty_webhook::{Code, Refusal};

#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Failure {
    pub code: &'static str,
    pub status: Option<u16>,
    pub message: String,
    pub offset: Option<f64>,
}

impl Failure {
    pub(crate) fn of(code: Code) -> Self {
        Self { code: code.as_str(), status: code.status(), message: code.meaning().to_owned(), offset: None }
    }
}

impl<E: Refusal> From<E> for Failure {
    fn from(error: E) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "no text has 2^53 bytes")]
        let offset = error.offset().map(|offset| offset as f64);
        let code = error.code();
        Self { code: code.as_str(), status: code.status(), message: error.to_string(), offset }
    }
}
