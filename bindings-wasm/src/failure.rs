//! What a call hands over when it fails: the core's word, status and sentence, and where.

use serde::Serialize;
use twenty_webhook::host;
use wasm_bindgen::JsValue;

#[derive(Debug, Serialize)]
pub struct Failure {
    code: &'static str,
    status: Option<u16>,
    message: String,
    offset: Option<usize>,
}

impl From<host::Failure> for Failure {
    fn from(host::Failure { code, status, message, offset }: host::Failure) -> Self {
        Self { code, status, message, offset }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        serde_wasm_bindgen::to_value(&failure).unwrap_or(Self::UNDEFINED)
    }
}
