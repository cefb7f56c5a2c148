//! What receivers of requests ask for beside a verification.

use std::time::Duration;

use napi::bindgen_prelude::{Either, External};
use napi_derive::napi;
use twenty_webhook::{Code, PickedHeaders, ReceiverLimits, ReplayPolicy, RequestHead, Timestamp};

use crate::{Webhook, either, failure::Failure, to_u64, value::HeaderValue};

/// Judges what is known of a request before its body is read.
#[napi(catch_unwind)]
pub fn check_request(
    webhook: &External<Webhook>,
    method: String,
    content_encoding: Option<String>,
    content_length: Option<String>,
    timestamp: HeaderValue,
    signature: HeaderValue,
    now: f64,
) -> Option<Failure> {
    let content_encoding = content_encoding.as_deref().map(str::as_bytes);
    let content_length = content_length.as_deref().map(str::as_bytes);
    let head = RequestHead { method: &method, content_encoding, content_length };
    let headers = PickedHeaders([timestamp.bytes(), signature.bytes(), None]);
    let now = Timestamp::from_unix_millis(to_u64(now));
    webhook.core.check_request(&head, &headers, now).err().map(Failure::from)
}

/// How long a claim lives, and how long it must at least, in milliseconds.
#[napi(catch_unwind)]
pub fn replay_policy(webhook: &External<Webhook>, ttl_seconds: Option<f64>) -> Either<Vec<f64>, Failure> {
    let policy = ReplayPolicy::of_seconds(ReplayPolicy::DEFAULT_NAMESPACE, ttl_seconds, webhook.core.options());
    either(policy.map(|policy| [policy.ttl(), policy.window()].map(to_millis).to_vec()))
}

/// What a code means, for what the receivers find out.
#[napi(catch_unwind)]
pub fn meaning(code: String) -> Failure {
    Failure::of(Code::from_word(&code).unwrap_or(Code::Internal))
}

#[napi(catch_unwind)]
pub fn is_pattern(pattern: String) -> bool {
    twenty_webhook::is_pattern(&pattern)
}

#[napi(catch_unwind)]
pub fn default_namespace() -> &'static str {
    ReplayPolicy::DEFAULT_NAMESPACE
}

/// How long a body may take to arrive, a handler without being logged, and a store to answer, in milliseconds; and how
/// many claims a store in memory holds.
#[napi(catch_unwind)]
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
