//! The core as a native module of Node.
//!
//! Bodies and payloads come as bytes, which are read where they are. Functions take the webhook as an external value: napi-rs
//! looks up by a property who is the `this` of a class's method, which took longer than hashing a small body.
#![allow(missing_docs, clippy::missing_errors_doc, reason = "bindings-js documents what users see")]
#![allow(clippy::needless_pass_by_value, reason = "napi-rs hands over owned or borrowed values alike")]
#![allow(
    clippy::too_many_arguments,
    clippy::fn_params_excessive_bools,
    reason = "an object costs more than all of them"
)]

pub mod diagnosis;
mod failure;
pub mod receiver;
mod text;
pub mod value;

use napi::{
    Env, JsString,
    bindgen_prelude::{Either, External, Uint8ArraySlice},
};
use napi_derive::napi;
use twenty_webhook::{
    DeliveryId, Event, EventKind,
    host::{self, PickedHeaders, Settings, Webhook},
};

use crate::{
    failure::{Failure, either},
    text::js_string,
    value::HeaderValue,
};

/// An option that is left out is the core's default.
#[napi(catch_unwind)]
pub fn open(
    secrets: Vec<Uint8ArraySlice<'_>>,
    tolerance_seconds: Option<f64>,
    max_body_bytes: Option<f64>,
    header_prefix: Option<String>,
    payload_form: Option<String>,
    name: Option<String>,
) -> Either<External<Webhook>, Failure> {
    let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form, name };
    either(Webhook::open(secrets.iter().map(|secret| &**secret), &settings).map(External::new))
}

#[napi(catch_unwind)]
pub fn header_names(webhook: &External<Webhook>) -> Vec<String> {
    webhook.header_names()
}

#[napi(catch_unwind)]
pub fn max_body_bytes(webhook: &External<Webhook>) -> f64 {
    webhook.max_body_bytes()
}

#[napi(catch_unwind)]
pub fn check_body_length(webhook: &External<Webhook>, bytes: f64) -> Option<Failure> {
    webhook.check_body_length(bytes).err().map(Failure::from)
}

/// Verifies a body by the values of the three headers; see the core's `host` on what the result says.
#[napi(catch_unwind)]
pub fn verify(
    webhook: &External<Webhook>,
    body: Uint8ArraySlice<'_>,
    ill_formed: bool,
    timestamp: HeaderValue,
    signature: HeaderValue,
    nonce: HeaderValue,
    now: f64,
    names: HeaderValue,
) -> Either<u32, Failure> {
    let headers = PickedHeaders::new([timestamp.bytes(), signature.bytes(), nonce.bytes()]).among(names.bytes());
    either(webhook.verify(&body, ill_formed, &headers, now))
}

#[napi(catch_unwind)]
pub fn take_payload(webhook: &External<Webhook>) -> Option<String> {
    webhook.take_payload()
}

/// Names and values of the three headers alternate. Without a nonce it is made of `random`.
#[napi(catch_unwind)]
pub fn sign(
    webhook: &External<Webhook>,
    payload: Uint8ArraySlice<'_>,
    ill_formed: bool,
    timestamp: f64,
    nonce: Option<String>,
    random: Uint8ArraySlice<'_>,
) -> Either<Vec<String>, Failure> {
    either(webhook.sign(&payload, ill_formed, timestamp, nonce.as_deref(), &random))
}

#[napi(catch_unwind)]
pub fn canonicalize<'e>(env: &'e Env, json: Uint8ArraySlice<'_>) -> napi::Result<Either<JsString<'e>, Failure>> {
    match host::canonicalize_to_vec(&json).map_err(host::Failure::from) {
        Ok(canonical) => js_string(env, &canonical).map(Either::A),
        Err(failure) => Ok(Either::B(failure.into())),
    }
}

#[napi(catch_unwind)]
pub fn id_of(payload: Uint8ArraySlice<'_>) -> String {
    DeliveryId::of(&payload).to_string()
}

/// The fields of the event a payload tells of, as a JSON array.
#[napi(catch_unwind)]
pub fn read_event<'e>(env: &'e Env, payload: Uint8ArraySlice<'_>) -> napi::Result<JsString<'e>> {
    js_string(env, Event::read(&payload).to_json_array().as_bytes())
}

/// What the first field of a kept delivery must be that is not.
#[napi(catch_unwind)]
pub fn check_kept(id: String, unix_millis: f64, nonce: Option<String>, secret_index: f64) -> Option<&'static str> {
    host::check_kept(&id, host::whole(unix_millis), nonce.as_deref(), host::whole(secret_index)).err()
}

#[napi(catch_unwind)]
pub fn matches(kind: String, name: Option<String>, pattern: String) -> bool {
    let Ok(kind) = kind.parse::<EventKind>();
    kind.matches(name.as_deref(), &pattern)
}

#[napi(catch_unwind)]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
