//! What the log tells of a delivery whose signature does not match, where the receiver is to find out why.
#![cfg(all(feature = "diagnose", feature = "tracing"))]

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use twenty_webhook_axum::Timestamp;

use crate::{
    logs::Log,
    support::{SECRET, builder, person, send, signed},
};

/// Signed as it was sent, and printed again as Python's `json.dumps` does.
fn printed_again() -> Request<Full<Bytes>> {
    changed(&person("1"), |sent| sent.replace(':', ": ").replace(',', ", "))
}

fn changed(sent: &str, change: impl FnOnce(&str) -> String) -> Request<Full<Bytes>> {
    let (mut head, _) = signed(sent).into_parts();
    let body = change(sent);
    head.headers.insert("content-length", body.len().into());
    Request::from_parts(head, Full::from(body))
}

#[tokio::test]
async fn a_body_that_was_printed_again_is_told_of() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async {}).diagnose().build().unwrap();
    let request = printed_again();
    let timestamp = request.headers()["x-twenty-webhook-timestamp"].to_str().unwrap().to_owned();
    assert_eq!(send(&receiver, request).await, "401 signature_mismatch");
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("WARN twenty_webhook: signature_mismatch: "), "{}", lines[0]);
    assert!(lines[0].contains(" Diagnosis: body_printed_by_python (proved): "), "{}", lines[0]);
    let printed = person("1").replace(':', ": ").replace(',', ", ");
    let right = hex::encode(hmac_sha256::HMAC::mac(format!("{timestamp}:{printed}"), SECRET));
    assert!(![right.as_str(), SECRET].iter().any(|secret| lines[0].contains(secret)), "{}", lines[0]);
}

#[tokio::test]
async fn without_the_option_nothing_is() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async {}).build().unwrap();
    assert_eq!(send(&receiver, printed_again()).await, "401 signature_mismatch");
    let lines = log.lines();
    assert!(lines.len() == 1 && !lines[0].contains("iagnos"), "{lines:?}");
}

#[tokio::test]
async fn of_several_in_five_seconds_the_first_is() {
    let (log, _guard) = Log::begin();
    let now = Arc::new(Mutex::new(Timestamp::now().unix_millis() / 1_000 * 1_000));
    let clock = Arc::clone(&now);
    let clock = move || Timestamp::from_unix_millis(*clock.lock().unwrap());
    let receiver = builder().on_every(|_, _| async {}).diagnose().clock(clock).build().unwrap();
    for passed in [0, 4, 1] {
        *now.lock().unwrap() += passed * 1_000;
        assert_eq!(send(&receiver, printed_again()).await, "401 signature_mismatch");
    }
    let lines = log.lines();
    let told: Vec<_> = lines.iter().map(|line| line.contains("body_printed_by_python")).collect();
    assert_eq!(told, [true, false, true], "{lines:?}");
    assert!(lines[1].contains("It was not diagnosed"), "{}", lines[1]);
}

#[tokio::test]
async fn a_body_of_more_than_64_kib_is_not() {
    for (length, is_told) in [(64 * 1024, true), (64 * 1024 + 1, false)] {
        let (log, _guard) = Log::begin();
        let receiver = builder().on_every(|_, _| async {}).diagnose().build().unwrap();
        let request = changed(&person("1"), |sent| format!("{sent}{}", " ".repeat(length - sent.len())));
        assert_eq!(send(&receiver, request).await, "401 signature_mismatch");
        let lines = log.lines();
        assert_eq!(lines[0].contains("body_line_end_added (proved)"), is_told, "{}", lines[0]);
        assert_eq!(lines[0].contains("more than 65536 bytes"), !is_told, "{}", lines[0]);
    }
}

#[tokio::test]
async fn what_is_authentic_is_handled() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async {}).diagnose().build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 handled");
    assert_eq!(log.lines(), [""; 0]);
}
