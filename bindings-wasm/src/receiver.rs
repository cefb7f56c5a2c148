//! Receivers, whose exchanges cross by number and whose turns are numbers: each function is one of the core's `host`.
#![allow(unreachable_pub, reason = "wasm_bindgen exports what is public here")]
#![allow(clippy::fn_params_excessive_bools, reason = "an object costs more than all of them")]

use twenty_webhook::{
    host::{self, PickedHeaders, ReceiverSettings, Wants},
    receiver::{Body, RequestHead},
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{Webhook, failure::Failure, inbox};

#[wasm_bindgen]
#[derive(Debug)]
pub struct Receiver(host::Receiver);

#[wasm_bindgen]
#[derive(Debug)]
pub struct Memory(host::Memory);

#[wasm_bindgen]
impl Receiver {
    /// What is left out has the core's default.
    #[wasm_bindgen(constructor)]
    pub fn new(
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
    ) -> Result<Self, Failure> {
        let settings = ReceiverSettings {
            patterns,
            namespace,
            ttl_seconds,
            body_timeout_millis,
            on_store_failure,
            has_no_store,
            is_background,
            // Never by the smaller module, which need not say so.
            diagnoses: cfg!(feature = "diagnose") && diagnoses,
        };
        let wants = Wants { debug: wants_debug, outcomes: wants_outcomes };
        Ok(Self(host::Receiver::new(settings.rules()?, wants)))
    }

    #[wasm_bindgen(js_name = rememberIn)]
    pub fn remember_in(&mut self, memory: &Memory) {
        self.0.remember_in(&memory.0);
    }

    pub fn check(&self, webhook: &Webhook) -> Result<(), Failure> {
        Ok(self.0.check(&webhook.host)?)
    }

    pub fn facts(&self) -> String {
        self.0.facts()
    }

    #[wasm_bindgen(js_name = tellHead)]
    pub fn tell_head(&mut self, method: &str, content_encoding: Option<String>, content_length: Option<String>) -> f64 {
        self.0.begin(&head(method, content_encoding.as_ref(), content_length.as_ref()))
    }

    /// The values of the three headers are in the inbox.
    #[wasm_bindgen(js_name = tellWebhook)]
    pub fn tell_webhook(
        &mut self,
        exchange: f64,
        webhook: &Webhook,
        method: &str,
        content_encoding: Option<String>,
        content_length: Option<String>,
        timestamp: i32,
        signature: i32,
        nonce: i32,
        now: f64,
        names: Option<String>,
    ) -> f64 {
        let head = head(method, content_encoding.as_ref(), content_length.as_ref());
        inbox::read(|mut texts| {
            let headers = PickedHeaders::new([timestamp, signature, nonce].map(|bytes| texts.next(bytes)))
                .among(names.as_deref().map(str::as_bytes));
            self.0.found(exchange, &webhook.host, &head, &headers, now)
        })
    }

    /// The body is in the inbox.
    #[wasm_bindgen(js_name = tellBody)]
    pub fn tell_body(&mut self, exchange: f64, body: usize, ill_formed: bool, now: f64, at: f64) -> u32 {
        inbox::read(|texts| {
            let body = texts.rest(body);
            let body = if ill_formed { Body::Text(body) } else { Body::Bytes(body) };
            self.0.body(exchange, body, now, at).0
        })
    }

    /// The length of the text if the host takes Latin-1 and finds it in the inbox.
    #[wasm_bindgen(js_name = takeEvent)]
    pub fn take_event(&mut self, takes_latin1: bool) -> JsValue {
        self.0.take_event().map_or(JsValue::UNDEFINED, |array| inbox::answer(array.as_bytes(), takes_latin1))
    }

    #[wasm_bindgen(js_name = takePayload)]
    pub fn take_payload(&mut self) -> Option<String> {
        self.0.take_payload()
    }

    pub fn tell(&mut self, exchange: f64, what: &str, text: Option<String>, cause: Option<String>) -> u32 {
        self.0.tell(exchange, what, text, cause).0
    }

    #[wasm_bindgen(js_name = tellHandled)]
    pub fn tell_handled(&mut self, exchange: f64) -> u32 {
        self.0.handled(exchange).0
    }

    #[wasm_bindgen(js_name = claimOf)]
    pub fn claim_of(&self, exchange: f64) -> String {
        self.0.claim(exchange)
    }

    #[wasm_bindgen(js_name = takeNotices)]
    pub fn take_notices(&mut self, exchange: f64) -> String {
        self.0.take_notices(exchange)
    }
}

#[wasm_bindgen]
impl Memory {
    #[wasm_bindgen(constructor)]
    pub fn new(max_entries: Option<f64>) -> Self {
        Self(host::Memory::open(max_entries))
    }

    pub fn claim(&self, key: &str, ttl_ms: f64, window_ms: f64, at: f64) -> Result<Option<String>, Failure> {
        Ok(self.0.claim(key, ttl_ms, window_ms, at)?)
    }

    pub fn release(&self, key: &str, token: &str) {
        self.0.release(key, token);
    }
}

#[wasm_bindgen(js_name = askAgainAfter)]
pub fn ask_again_after(asking: u32, since_first_ms: f64) -> f64 {
    host::ask_again_after(asking, since_first_ms)
}

#[wasm_bindgen(js_name = sqlStatements)]
pub fn sql_statements(first_placeholder: &str, table: Option<String>) -> Result<String, Failure> {
    Ok(host::sql_statements(first_placeholder, table.as_deref())?)
}

#[wasm_bindgen(js_name = sqlFailure)]
pub fn sql_failure(code: &str) -> String {
    host::sql_failure(code).into()
}

#[wasm_bindgen]
pub fn constants() -> String {
    host::constants()
}

fn head<'a>(method: &'a str, coding: Option<&'a String>, length: Option<&'a String>) -> RequestHead<'a> {
    let [content_encoding, content_length] = [coding, length].map(|value| value.map(String::as_bytes));
    RequestHead { method, content_encoding, content_length }
}
