//! The core as a native module of Node.
//!
//! A text comes as a string where that loses nothing, else as the bytes of its generalised UTF-8 (`ill_formed`): Node's own
//! conversion would put U+FFFD for an unpaired surrogate.
#![allow(missing_docs, reason = "bindings-js documents what users see")]
#![allow(clippy::needless_pass_by_value, reason = "napi-rs hands over owned or borrowed values alike")]

mod failure;
pub mod receiver;

use std::array;

use napi::bindgen_prelude::{Either, Uint8ArraySlice};
use napi_derive::napi;
use twenty_webhook::{DeliveryId, Event, EventKind, Nonce, Secret, Settings, Timestamp};

use crate::failure::Failure;

type Text<'a> = Either<String, Uint8ArraySlice<'a>>;

#[napi]
#[derive(Debug)]
pub struct Webhook {
    core: twenty_webhook::Webhook,
    names: [String; 3],
    /// The text that was authenticated last, where it is not the body.
    payload: Option<String>,
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
) -> Either<Webhook, Failure> {
    let open = || -> Result<_, Failure> {
        let secrets = secrets.iter().zip(are_texts.iter());
        let secrets: Result<Vec<_>, _> = secrets
            .map(|(key, is_text)| if *is_text == 1 { Secret::from_utf8(key) } else { Secret::from_bytes(key) })
            .collect();
        let (header_prefix, payload_form) = (header_prefix.as_deref(), payload_form.as_deref());
        let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form };
        let webhook = twenty_webhook::Webhook::from_secrets(secrets?)?.configure(&settings)?;
        let names = webhook.header_names().map(|name| name.to_string());
        Ok(Webhook { core: webhook, names, payload: None })
    };
    either(open())
}

#[napi]
impl Webhook {
    #[napi(catch_unwind)]
    pub fn header_names(&self) -> Vec<String> {
        self.names.to_vec()
    }

    #[napi(catch_unwind)]
    pub fn check_body_length(&self, bytes: f64) -> Option<Failure> {
        self.core.check_body_length(to_u64(bytes)).err().map(Failure::from)
    }

    /// Verifies a body by the values of the three headers. The result's lowest two bits are the index of the secret, the
    /// third says that the nonce is one, the fourth that `takePayload` has the payload.
    #[napi(catch_unwind)]
    pub fn verify(
        &mut self,
        body: Text<'_>,
        ill_formed: bool,
        timestamp: Option<Text<'_>>,
        signature: Option<Text<'_>>,
        nonce: Option<Text<'_>>,
        now: f64,
    ) -> Either<u32, Failure> {
        let headers = headers(&self.names, [&timestamp, &signature, &nonce]);
        let (body, now) = (bytes_of(&body), Timestamp::from_unix_millis(to_u64(now)));
        let delivery =
            if ill_formed { self.core.verify_text(body, &headers, now) } else { self.core.verify(body, &headers, now) };
        either(delivery.map(|delivery| {
            let is_body = delivery.payload().as_ptr() == body.as_ptr();
            self.payload = (!is_body).then(|| String::from_utf8_lossy(delivery.payload()).into_owned());
            let index = u32::try_from(delivery.secret_index()).unwrap_or_default();
            index | u32::from(delivery.nonce().is_some()) << 2 | u32::from(!is_body) << 3
        }))
    }

    #[napi(catch_unwind)]
    pub fn take_payload(&mut self) -> Option<String> {
        self.payload.take()
    }

    /// Names and values of the three headers alternate. Without a nonce it is made of `random`.
    #[napi(catch_unwind)]
    pub fn sign(
        &self,
        payload: Text<'_>,
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
            Ok(sign(&self.core, bytes_of(&payload), timestamp, nonce)?)
        };
        either(sign().map(|headers| {
            headers.pairs().iter().flat_map(|(name, value)| [*name, *value]).map(str::to_owned).collect()
        }))
    }
}

/// No header has an empty name, so that is what stands for an absent one.
fn headers<'a>(names: &'a [String; 3], values: [&'a Option<Text<'a>>; 3]) -> [(&'a str, &'a [u8]); 3] {
    array::from_fn(|index| values[index].as_ref().map_or(("", &[][..]), |value| (&*names[index], bytes_of(value))))
}

#[napi(catch_unwind)]
pub fn canonicalize(json: Text<'_>) -> Either<String, Failure> {
    either(twenty_webhook::canonicalize(bytes_of(&json)))
}

#[napi(catch_unwind)]
pub fn id_of(payload: Text<'_>) -> String {
    DeliveryId::of(bytes_of(&payload)).to_string()
}

/// The event a payload tells of, as JSON.
#[napi(catch_unwind)]
pub fn read_event(payload: Text<'_>) -> String {
    Event::read(bytes_of(&payload)).to_json()
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

fn bytes_of<'a>(text: &'a Text<'_>) -> &'a [u8] {
    match text {
        Either::A(text) => text.as_bytes(),
        Either::B(bytes) => bytes,
    }
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
