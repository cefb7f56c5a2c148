//! What a call hands over when it fails: the core's word, status and sentence, and where.

use serde::Serialize;
use twenty_webhook::{Code, Refusal};
use wasm_bindgen::JsValue;

#[derive(Debug, Serialize)]
pub struct Failure {
    code: &'static str,
    status: Option<u16>,
    message: String,
    offset: Option<usize>,
}

impl Failure {
    pub(crate) fn of(code: Code) -> Self {
        Self { code: code.as_str(), status: code.status(), message: code.meaning().to_owned(), offset: None }
    }
}

impl<E: Refusal> From<E> for Failure {
    fn from(error: E) -> Self {
        let code = error.code();
        Self { code: code.as_str(), status: code.status(), message: error.to_string(), offset: error.offset() }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        serde_wasm_bindgen::to_value(&failure).unwrap_or(Self::UNDEFINED)
    }
}
