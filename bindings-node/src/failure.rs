//! What a call hands over when it fails: the core's word, status and sentence, and where.

use napi::bindgen_prelude::Either;
use napi_derive::napi;
use twenty_webhook::host;

#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Failure {
    pub code: &'static str,
    pub status: Option<u16>,
    pub message: String,
    pub offset: Option<f64>,
}

impl From<host::Failure> for Failure {
    fn from(host::Failure { code, status, message, offset }: host::Failure) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "no text has 2^53 bytes")]
        let offset = offset.map(|offset| offset as f64);
        Self { code, status, message, offset }
    }
}

pub(crate) fn either<T>(result: Result<T, host::Failure>) -> Either<T, Failure> {
    result.map_or_else(|failure| Either::B(failure.into()), Either::A)
}
