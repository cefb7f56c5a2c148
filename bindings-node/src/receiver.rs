//! Receivers, whose exchanges cross by number and whose turns are numbers: each function is one of the core's `host`.

use std::cell::RefCell;

use napi::{
    Env, JsString, Result,
    bindgen_prelude::{Either, External, Uint8ArraySlice},
};
use napi_derive::napi;
use twenty_webhook::{
    host::{self, Memory, PickedHeaders, ReceiverSettings, Wants, Webhook},
    receiver::{Body, RequestHead},
};

use crate::{
    failure::{Failure, either},
    text::js_string,
    value::HeaderValue,
};

pub type Receiver = RefCell<host::Receiver>;

/// What is left out has the core's default.
#[napi(catch_unwind)]
pub fn open_receiver(
    patterns: Option<Vec<String>>,
    namespace: Option<String>,
    ttl_seconds: Option<f64>,
    body_timeout_millis: Option<f64>,
    on_store_failure: Option<String>,
    has_no_store: bool,
    is_background: bool,
    wants_debug: bool,
    wants_outcomes: bool,
    diagnoses: bool,
) -> Either<External<Receiver>, Failure> {
    let settings = ReceiverSettings {
        patterns,
        namespace,
        ttl_seconds,
        body_timeout_millis,
        on_store_failure,
        has_no_store,
        is_background,
        diagnoses,
    };
    let wants = Wants { debug: wants_debug, outcomes: wants_outcomes };
    either(settings.rules().map(|rules| External::new(RefCell::new(host::Receiver::new(rules, wants)))))
}

#[napi(catch_unwind)]
pub fn remember_in(receiver: &External<Receiver>, memory: &External<Memory>) {
    receiver.borrow_mut().remember_in(memory);
}

#[napi(catch_unwind)]
pub fn check_receiver(receiver: &External<Receiver>, webhook: &External<Webhook>) -> Option<Failure> {
    receiver.borrow().check(webhook).err().map(Failure::from)
}

#[napi(catch_unwind)]
pub fn receiver_facts(receiver: &External<Receiver>) -> String {
    receiver.borrow().facts()
}

#[napi(catch_unwind)]
pub fn tell_head(
    receiver: &External<Receiver>,
    method: HeaderValue,
    content_encoding: HeaderValue,
    content_length: HeaderValue,
) -> f64 {
    receiver.borrow_mut().begin(&head(&method, &content_encoding, &content_length))
}

#[napi(catch_unwind)]
pub fn tell_webhook(
    receiver: &External<Receiver>,
    exchange: f64,
    webhook: &External<Webhook>,
    method: HeaderValue,
    content_encoding: HeaderValue,
    content_length: HeaderValue,
    timestamp: HeaderValue,
    signature: HeaderValue,
    nonce: HeaderValue,
    now: f64,
    names: HeaderValue,
) -> f64 {
    let head = head(&method, &content_encoding, &content_length);
    let headers = PickedHeaders::new([timestamp.bytes(), signature.bytes(), nonce.bytes()]).among(names.bytes());
    receiver.borrow_mut().found(exchange, webhook, &head, &headers, now)
}

#[napi(catch_unwind)]
pub fn tell_body(
    receiver: &External<Receiver>,
    exchange: f64,
    body: Uint8ArraySlice<'_>,
    ill_formed: bool,
    now: f64,
    at: f64,
) -> u32 {
    let body = if ill_formed { Body::Text(&body) } else { Body::Bytes(&body) };
    receiver.borrow_mut().body(exchange, body, now, at).0
}

#[napi(catch_unwind)]
pub fn take_event<'e>(env: &'e Env, receiver: &External<Receiver>) -> Result<Option<JsString<'e>>> {
    receiver.borrow_mut().take_event().map(|array| js_string(env, array.as_bytes())).transpose()
}

#[napi(catch_unwind)]
pub fn take_told_payload(receiver: &External<Receiver>) -> Option<String> {
    receiver.borrow_mut().take_payload()
}

#[napi(catch_unwind)]
pub fn tell(
    receiver: &External<Receiver>,
    exchange: f64,
    what: String,
    text: Option<String>,
    cause: Option<String>,
) -> u32 {
    receiver.borrow_mut().tell(exchange, &what, text, cause).0
}

#[napi(catch_unwind)]
pub fn tell_handled(receiver: &External<Receiver>, exchange: f64) -> u32 {
    receiver.borrow_mut().handled(exchange).0
}

#[napi(catch_unwind)]
pub fn claim_of(receiver: &External<Receiver>, exchange: f64) -> String {
    receiver.borrow().claim(exchange)
}

#[napi(catch_unwind)]
pub fn take_notices(receiver: &External<Receiver>, exchange: f64) -> String {
    receiver.borrow_mut().take_notices(exchange)
}

#[napi(catch_unwind)]
pub fn open_memory(max_entries: Option<f64>) -> External<Memory> {
    External::new(Memory::open(max_entries))
}

#[napi(catch_unwind)]
pub fn memory_claim(
    memory: &External<Memory>,
    key: String,
    ttl_millis: f64,
    window_millis: f64,
    at: f64,
) -> Either<Option<String>, Failure> {
    either(memory.claim(&key, ttl_millis, window_millis, at))
}

#[napi(catch_unwind)]
pub fn memory_release(memory: &External<Memory>, key: String, token: String) {
    memory.release(&key, &token);
}

#[napi(catch_unwind)]
pub fn ask_again_after(asking: u32, since_first_millis: f64) -> f64 {
    host::ask_again_after(asking, since_first_millis)
}

#[napi(catch_unwind)]
pub fn sql_statements(first_placeholder: String, table: Option<String>) -> Either<String, Failure> {
    either(host::sql_statements(&first_placeholder, table.as_deref()))
}

#[napi(catch_unwind)]
pub fn sql_failure(code: String) -> &'static str {
    host::sql_failure(&code)
}

#[napi(catch_unwind)]
pub fn constants() -> String {
    host::constants()
}

/// A method that is no text is none that is allowed.
fn head<'a>(method: &'a HeaderValue, coding: &'a HeaderValue, length: &'a HeaderValue) -> RequestHead<'a> {
    let method = method.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    RequestHead { method, content_encoding: coding.bytes(), content_length: length.bytes() }
}
