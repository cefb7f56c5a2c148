//! The core as a WebAssembly module.
//!
//! Texts and bodies come in through one piece of memory, the inbox: the host asks for room, writes what it has one after
//! the other, and says how long each is. So a verification crosses as numbers only, and no conversion but the host's own,
//! which loses nothing, touches a text. A long text goes out the same way to a host that takes Latin-1.
#![allow(missing_docs, clippy::missing_errors_doc, reason = "bindings-js documents what users see")]
#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over optional texts as values")]

mod failure;
mod inbox;
mod latin1;
mod receiver;

use std::array;

use twenty_webhook::{DeliveryId, Event, EventKind, Nonce, PickedHeaders, Secret, Settings, Timestamp};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::failure::Failure;

#[wasm_bindgen]
#[derive(Debug)]
pub struct Webhook {
    core: twenty_webhook::Webhook,
    /// The text that was authenticated last, where it is not the body.
    payload: Option<String>,
    /// Why the last verification refused.
    refusal: Option<Failure>,
}

#[wasm_bindgen]
impl Webhook {
    /// `secrets` are the lengths of what is in the inbox, `are_texts` is 1 for those that are text. An option that is left
    /// out is the core's default.
    #[wasm_bindgen(constructor)]
    pub fn new(
        secrets: &[i32],
        are_texts: &[u8],
        tolerance_seconds: Option<f64>,
        max_body_bytes: Option<f64>,
        header_prefix: Option<String>,
        payload_form: Option<String>,
    ) -> Result<Self, Failure> {
        let secrets: Result<Vec<_>, _> = inbox::read(|mut texts| {
            let secrets = secrets.iter().filter_map(|&bytes| texts.next(bytes)).zip(are_texts);
            secrets
                .map(|(key, is_text)| if *is_text == 1 { Secret::from_utf8(key) } else { Secret::from_bytes(key) })
                .collect()
        });
        let (header_prefix, payload_form) = (header_prefix.as_deref(), payload_form.as_deref());
        let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form };
        let webhook = twenty_webhook::Webhook::from_secrets(secrets?)?.configure(&settings)?;
        Ok(Self { core: webhook, payload: None, refusal: None })
    }

    #[wasm_bindgen(js_name = headerNames)]
    pub fn header_names(&self) -> Vec<String> {
        self.core.header_names().map(|name| name.to_string()).to_vec()
    }

    #[wasm_bindgen(js_name = checkBodyLength)]
    pub fn check_body_length(&self, bytes: f64) -> Result<(), Failure> {
        Ok(self.core.check_body_length(to_u64(bytes))?)
    }

    /// Whether `checkBodyLength` would let it pass.
    pub fn fits(&self, bytes: f64) -> bool {
        self.core.check_body_length(to_u64(bytes)).is_ok()
    }

    /// Verifies what is in the inbox: the values of the three headers, a negative length for an absent one, and the body.
    /// The result's lowest two bits are the index of the secret, the third says that the nonce is one, the fourth that
    /// `takePayload` has the payload. It is negative if `takeRefusal` says why: one number crosses faster than a `Result`.
    pub fn verify(
        &mut self,
        timestamp: i32,
        signature: i32,
        nonce: i32,
        body: usize,
        ill_formed: bool,
        now: f64,
    ) -> i32 {
        let verdict = inbox::read(|mut texts| {
            let values = [timestamp, signature, nonce].map(|bytes| texts.next(bytes));
            let headers = PickedHeaders(values);
            let (body, now) = (texts.rest(body), Timestamp::from_unix_millis(to_u64(now)));
            let delivery = if ill_formed {
                self.core.verify_text(body, &headers, now)?
            } else {
                self.core.verify(body, &headers, now)?
            };
            let is_body = delivery.payload().as_ptr() == body.as_ptr();
            let index = i32::try_from(delivery.secret_index()).unwrap_or_default();
            let verdict = index | i32::from(delivery.nonce().is_some()) << 2 | i32::from(!is_body) << 3;
            self.payload = (!is_body).then(|| String::from_utf8_lossy(delivery.payload()).into_owned());
            Ok(verdict)
        });
        verdict.unwrap_or_else(|refusal: Failure| {
            self.refusal = Some(refusal);
            -1
        })
    }

    #[wasm_bindgen(js_name = takeRefusal)]
    pub fn take_refusal(&mut self) -> JsValue {
        self.refusal.take().map_or(JsValue::UNDEFINED, JsValue::from)
    }

    #[wasm_bindgen(js_name = takePayload)]
    pub fn take_payload(&mut self) -> Option<String> {
        self.payload.take()
    }

    /// Signs the payload in the inbox; names and values of the three headers alternate. Without a nonce it is made of
    /// `random`.
    pub fn sign(
        &self,
        payload: usize,
        ill_formed: bool,
        timestamp: f64,
        nonce: Option<String>,
        random: &[u8],
    ) -> Result<Vec<String>, Failure> {
        let timestamp = Timestamp::from_unix_millis(to_u64(timestamp));
        let nonce = match nonce {
            Some(nonce) => nonce.parse()?,
            None => Nonce::from_bytes(array::from_fn(|index| random.get(index).copied().unwrap_or_default())),
        };
        let headers = inbox::read(|texts| {
            let payload = texts.rest(payload);
            let sign = if ill_formed { twenty_webhook::Webhook::sign_text } else { twenty_webhook::Webhook::sign };
            sign(&self.core, payload, timestamp, nonce)
        })?;
        Ok(headers.pairs().iter().flat_map(|(name, value)| [*name, *value]).map(str::to_owned).collect())
    }
}

/// The canonical text of the JSON in the inbox; its length if the host takes Latin-1 and finds it there.
#[wasm_bindgen]
pub fn canonicalize(json: usize, takes_latin1: bool) -> Result<JsValue, Failure> {
    let text = inbox::read(|texts| twenty_webhook::canonicalize_to_vec(texts.rest(json)))?;
    Ok(inbox::answer(&text, takes_latin1))
}

/// The id of the payload in the inbox.
#[wasm_bindgen(js_name = idOf)]
pub fn id_of(payload: usize) -> String {
    inbox::read(|texts| DeliveryId::of(texts.rest(payload)).to_string())
}

/// The fields of the event the payload in the inbox tells of, as a JSON array; its length as `canonicalize` has it.
#[wasm_bindgen(js_name = readEvent)]
pub fn read_event(payload: usize, takes_latin1: bool) -> JsValue {
    let array = inbox::read(|texts| Event::read(texts.rest(payload)).to_json_array());
    inbox::answer(array.as_bytes(), takes_latin1)
}

#[wasm_bindgen]
pub fn matches(kind: &str, name: Option<String>, pattern: &str) -> bool {
    let Ok(kind) = kind.parse::<EventKind>();
    kind.matches(name.as_deref(), pattern)
}

#[wasm_bindgen(js_name = maxHeaderValueBytes)]
pub fn max_header_value_bytes() -> usize {
    twenty_webhook::MAX_HEADER_VALUE_BYTES
}

#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the host passes whole numbers from 0; larger ones saturate, and the core refuses those"
)]
const fn to_u64(number: f64) -> u64 {
    number as u64
}
