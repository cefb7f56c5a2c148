//! The core as a WebAssembly module.
//!
//! Texts and bodies come in through one piece of memory, the inbox: the host asks for room, writes what it has one after
//! the other, and says how long each is. So a verification crosses as numbers only, and no conversion but the host's own,
//! which loses nothing, touches a text. A long text goes out the same way to a host that takes Latin-1.
#![allow(missing_docs, clippy::missing_errors_doc, reason = "bindings-js documents what users see")]
#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over optional texts as values")]
#![allow(clippy::too_many_arguments, reason = "an object costs more than all of them")]

#[cfg(feature = "diagnose")]
mod diagnosis;
mod failure;
mod inbox;
mod latin1;
mod receiver;

use twenty_webhook::{
    DeliveryId, Event, EventKind,
    host::{self, PickedHeaders, Settings},
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
#[cfg(target_family = "wasm")]
use {rlsf::SmallGlobalTlsf, zeroizing_alloc::ZeroAlloc};

use crate::failure::Failure;

/// Half the size of the standard library's, and each call takes constant time. What is given back is wiped: no body, and nothing
/// that was read of one, stays for a later fault to show.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: ZeroAlloc<SmallGlobalTlsf> = ZeroAlloc(SmallGlobalTlsf::new());

#[wasm_bindgen]
#[derive(Debug)]
pub struct Webhook {
    host: host::Webhook,
    /// Why the last verification refused.
    refusal: Option<Failure>,
}

#[wasm_bindgen]
impl Webhook {
    /// `secrets` are the lengths of what is in the inbox. An option that is left out is the core's default.
    #[wasm_bindgen(constructor)]
    pub fn new(
        secrets: &[i32],
        tolerance_seconds: Option<f64>,
        max_body_bytes: Option<f64>,
        header_prefix: Option<String>,
        payload_form: Option<String>,
        name: Option<String>,
    ) -> Result<Self, Failure> {
        let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form, name };
        let host = inbox::read(|mut texts| {
            host::Webhook::open(secrets.iter().filter_map(|&bytes| texts.next(bytes)), &settings)
        })?;
        Ok(Self { host, refusal: None })
    }

    #[wasm_bindgen(js_name = headerNames)]
    pub fn header_names(&self) -> Vec<String> {
        self.host.header_names()
    }

    #[wasm_bindgen(js_name = maxBodyBytes)]
    pub fn max_body_bytes(&self) -> f64 {
        self.host.max_body_bytes()
    }

    #[wasm_bindgen(js_name = checkBodyLength)]
    pub fn check_body_length(&self, bytes: f64) -> Result<(), Failure> {
        Ok(self.host.check_body_length(bytes)?)
    }

    /// Whether `checkBodyLength` would let it pass.
    pub fn fits(&self, bytes: f64) -> bool {
        self.host.check_body_length(bytes).is_ok()
    }

    /// Verifies what is in the inbox: the values of the three headers, a negative length for an absent one, and the body; see
    /// the core's `host` on what the result says. It is negative if `takeRefusal` says why: one number crosses faster than a
    /// `Result`.
    pub fn verify(
        &mut self,
        timestamp: i32,
        signature: i32,
        nonce: i32,
        body: usize,
        ill_formed: bool,
        now: f64,
        names: Option<String>,
    ) -> i32 {
        let verdict = inbox::read(|mut texts| {
            let headers = PickedHeaders::new([timestamp, signature, nonce].map(|bytes| texts.next(bytes)))
                .among(names.as_deref().map(str::as_bytes));
            self.host.verify(texts.rest(body), ill_formed, &headers, now)
        });
        match verdict {
            Ok(verdict) => i32::try_from(verdict).unwrap_or(-1),
            Err(refusal) => {
                self.refusal = Some(refusal.into());
                -1
            }
        }
    }

    #[wasm_bindgen(js_name = takeRefusal)]
    pub fn take_refusal(&mut self) -> JsValue {
        self.refusal.take().map_or(JsValue::UNDEFINED, JsValue::from)
    }

    #[wasm_bindgen(js_name = takePayload)]
    pub fn take_payload(&mut self) -> Option<String> {
        self.host.take_payload()
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
        Ok(inbox::read(|texts| self.host.sign(texts.rest(payload), ill_formed, timestamp, nonce.as_deref(), random))?)
    }
}

/// The canonical text of the JSON in the inbox; its length if the host takes Latin-1 and finds it there.
#[wasm_bindgen]
pub fn canonicalize(json: usize, takes_latin1: bool) -> Result<JsValue, Failure> {
    let text = inbox::read(|texts| host::canonicalize_to_vec(texts.rest(json))).map_err(host::Failure::from)?;
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

/// What the first field of a kept delivery must be that is not.
#[wasm_bindgen(js_name = checkKept)]
pub fn check_kept(id: &str, unix_millis: f64, nonce: Option<String>, secret_index: f64) -> Option<String> {
    host::check_kept(id, host::whole(unix_millis), nonce.as_deref(), host::whole(secret_index)).err().map(str::to_owned)
}

#[wasm_bindgen]
pub fn matches(kind: &str, name: Option<String>, pattern: &str) -> bool {
    let Ok(kind) = kind.parse::<EventKind>();
    kind.matches(name.as_deref(), pattern)
}

#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
