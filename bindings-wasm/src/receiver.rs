//! What receivers of requests ask for beside a verification.
#![allow(unreachable_pub, reason = "wasm_bindgen exports what is public here")]

use std::time::Duration;

use twenty_webhook::{Code, PickedHeaders, ReceiverLimits, ReplayPolicy, RequestHead, Timestamp};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{Webhook, failure::Failure, inbox, to_u64};

#[wasm_bindgen]
impl Webhook {
    /// Judges what is known of a request before its body is read; the values of the two headers are in the inbox.
    #[wasm_bindgen(js_name = checkRequest)]
    pub fn check_request(
        &self,
        method: &str,
        content_encoding: Option<String>,
        content_length: Option<String>,
        timestamp: i32,
        signature: i32,
        now: f64,
    ) -> Result<(), Failure> {
        let content_encoding = content_encoding.as_deref().map(str::as_bytes);
        let content_length = content_length.as_deref().map(str::as_bytes);
        let head = RequestHead { method, content_encoding, content_length };
        inbox::read(|mut texts| {
            let headers = PickedHeaders([texts.next(timestamp), texts.next(signature), None]);
            Ok(self.core.check_request(&head, &headers, Timestamp::from_unix_millis(to_u64(now)))?)
        })
    }

    /// How long a claim lives, and how long it must at least, in milliseconds.
    #[wasm_bindgen(js_name = replayPolicy)]
    pub fn replay_policy(&self, ttl_seconds: Option<f64>) -> Result<Vec<f64>, Failure> {
        let policy = ReplayPolicy::of_seconds(ReplayPolicy::DEFAULT_NAMESPACE, ttl_seconds, self.core.options())?;
        Ok([policy.ttl(), policy.window()].map(to_millis).to_vec())
    }
}

/// What a code means, for what the receivers find out.
#[wasm_bindgen]
pub fn meaning(code: &str) -> JsValue {
    Failure::of(Code::from_word(code).unwrap_or(Code::Internal)).into()
}

#[wasm_bindgen(js_name = isPattern)]
pub fn is_pattern(pattern: &str) -> bool {
    twenty_webhook::is_pattern(pattern)
}

#[wasm_bindgen(js_name = defaultNamespace)]
pub fn default_namespace() -> String {
    ReplayPolicy::DEFAULT_NAMESPACE.to_owned()
}

/// How long a body may take to arrive, a handler without being logged, and a store to answer, in milliseconds; and how
/// many claims a store in memory holds.
#[wasm_bindgen(js_name = receiverLimits)]
pub fn receiver_limits() -> Vec<f64> {
    let ReceiverLimits { body_timeout, slow_handler, store_timeout, memory_store_entries, .. } =
        ReceiverLimits::default();
    let [body, handler, store] = [body_timeout, slow_handler, store_timeout].map(to_millis);
    #[expect(clippy::cast_precision_loss, reason = "a count far below 2^53")]
    let entries = memory_store_entries as f64;
    vec![body, handler, store, entries]
}

fn to_millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
