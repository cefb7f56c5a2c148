//! The core as a native module of Node.
//!
//! Bodies and payloads come as bytes, which are read where they are. Functions take the webhook as an external value: napi-rs
//! looks up by a property who is the `this` of a class's method, which took longer than hashing a small body.
#![allow(missing_docs, clippy::missing_errors_doc, reason = "bindings-js documents what users see")]
#![allow(clippy::needless_pass_by_value, reason = "napi-rs hands over owned or borrowed values alike")]
#![allow(clippy::too_many_arguments, reason = "an object costs more than all of them")]

mod failure;
pub mod receiver;
mod text;
pub mod value;

use std::{array, cell::RefCell};

use napi::{
    Env, JsString,
    bindgen_prelude::{Either, External, Uint8ArraySlice},
};
use napi_derive::napi;
use twenty_webhook::{DeliveryId, Event, EventKind, Nonce, PickedHeaders, Secret, Settings, Timestamp};

use crate::{failure::Failure, text::js_string, value::HeaderValue};

#[derive(Debug)]
pub struct Webhook {
    core: twenty_webhook::Webhook,
    /// The text that was authenticated last, where it is not the body.
    payload: RefCell<Option<String>>,
}

/// `are_texts` is 1 for each secret that is text. An option that is left out is the core's default.
#[napi(catch_unwind)]
pub fn open(
    secrets: Vec<Uint8ArraySlice<'_>>,
    are_texts: Uint8ArraySlice<'_>,
    tolerance_seconds: Option<f64>,
    max_body_bytes: Option<f64>,
    header_prefix: Option<String>,
    payload_form: Option<String>,
) -> Either<External<Webhook>, Failure> {
    let open = || -> Result<_, Failure> {
        let secrets = secrets.iter().zip(are_texts.iter());
        let secrets: Result<Vec<_>, _> = secrets
            .map(|(key, is_text)| if *is_text == 1 { Secret::from_utf8(key) } else { Secret::from_bytes(key) })
            .collect();
        let (header_prefix, payload_form) = (header_prefix.as_deref(), payload_form.as_deref());
        let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form };
        let core = twenty_webhook::Webhook::from_secrets(secrets?)?.configure(&settings)?;
        Ok(External::new(Webhook { core, payload: RefCell::default() }))
    };
    either(open())
}

#[napi(catch_unwind)]
pub fn header_names(webhook: &External<Webhook>) -> Vec<String> {
    webhook.core.header_names().map(|name| name.to_string()).to_vec()
}

#[napi(catch_unwind)]
pub fn check_body_length(webhook: &External<Webhook>, bytes: f64) -> Option<Failure> {
    webhook.core.check_body_length(to_u64(bytes)).err().map(Failure::from)
}

/// Verifies a body by the values of the three headers. The result's lowest two bits are the index of the secret, the third
/// says that the nonce is one, the fourth that `takePayload` has the payload.
#[napi(catch_unwind)]
pub fn verify(
    webhook: &External<Webhook>,
    body: Uint8ArraySlice<'_>,
    ill_formed: bool,
    timestamp: HeaderValue,
    signature: HeaderValue,
    nonce: HeaderValue,
    now: f64,
) -> Either<u32, Failure> {
    let headers = PickedHeaders([timestamp.bytes(), signature.bytes(), nonce.bytes()]);
    let (body, now): (&[u8], _) = (&body, Timestamp::from_unix_millis(to_u64(now)));
    let Webhook { core, payload, .. } = &**webhook;
    let delivery = if ill_formed { core.verify_text(body, &headers, now) } else { core.verify(body, &headers, now) };
    either(delivery.map(|delivery| {
        let is_body = delivery.payload().as_ptr() == body.as_ptr();
        if !is_body {
            payload.replace(Some(String::from_utf8_lossy(delivery.payload()).into_owned()));
        }
        let index = u32::try_from(delivery.secret_index()).unwrap_or_default();
        index | u32::from(delivery.nonce().is_some()) << 2 | u32::from(!is_body) << 3
    }))
}

#[napi(catch_unwind)]
pub fn take_payload(webhook: &External<Webhook>) -> Option<String> {
    webhook.payload.take()
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
    let sign = || -> Result<_, Failure> {
        let nonce = match nonce {
            Some(nonce) => nonce.parse()?,
            None => Nonce::from_bytes(array::from_fn(|index| random.get(index).copied().unwrap_or_default())),
        };
        let timestamp = Timestamp::from_unix_millis(to_u64(timestamp));
        let sign = if ill_formed { twenty_webhook::Webhook::sign_text } else { twenty_webhook::Webhook::sign };
        Ok(sign(&webhook.core, &payload, timestamp, nonce)?)
    };
    either(
        sign().map(|headers| {
            headers.pairs().iter().flat_map(|(name, value)| [*name, *value]).map(str::to_owned).collect()
        }),
    )
}

#[napi(catch_unwind)]
pub fn canonicalize<'e>(env: &'e Env, json: Uint8ArraySlice<'_>) -> napi::Result<Either<JsString<'e>, Failure>> {
    match twenty_webhook::canonicalize_to_vec(&json) {
        Ok(canonical) => js_string(env, &canonical).map(Either::A),
        Err(error) => Ok(Either::B(error.into())),
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

#[napi(catch_unwind)]
pub fn matches(kind: String, name: Option<String>, pattern: String) -> bool {
    let Ok(kind) = kind.parse::<EventKind>();
    kind.matches(name.as_deref(), &pattern)
}

#[napi(catch_unwind)]
pub fn max_header_value_bytes() -> u32 {
    u32::try_from(twenty_webhook::MAX_HEADER_VALUE_BYTES).unwrap_or(u32::MAX)
}

#[napi(catch_unwind)]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

fn either<T, E: Into<Failure>>(result: Result<T, E>) -> Either<T, Failure> {
    result.map_or_else(|error| Either::B(error.into()), Either::A)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers from 0 are passed; larger ones saturate, and the core refuses those"
)]
const fn to_u64(number: f64) -> u64 {
    number as u64
}
