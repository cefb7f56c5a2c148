//! What a call hands over when it fails: the core's word, status and sentence, and where.

use twenty_webhook::host;
use wasm_bindgen::JsValue;

#[derive(Debug)]
pub struct Failure(host::Failure);

impl From<host::Failure> for Failure {
    fn from(failure: host::Failure) -> Self {
        Self(failure)
    }
}

/// An array, which `running.ts` names the members of: keeping their names as the host's texts takes a hash table.
impl From<Failure> for JsValue {
    fn from(Failure(host::Failure { code, status, message, offset }): Failure) -> Self {
        serde_wasm_bindgen::to_value(&(code, status, message, offset)).unwrap_or(Self::UNDEFINED)
    }
}
