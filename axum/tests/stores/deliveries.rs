//! Deliveries, and what receivers answer to them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use tokio::time::{Instant, sleep};
use tower_service::Service as _;
use twenty_webhook_axum::{Receiver, ReceiverBuilder, Secret, Webhook, receive};

const SECRET: &str = "the secret of these tests";

pub(crate) fn builder() -> ReceiverBuilder {
    receive(Webhook::new(Secret::new(SECRET).expect("a secret")))
}

fn person(id: &str) -> Request<Full<Bytes>> {
    let body = format!(r#"{{"eventName":"person.created","record":{{"id":"{id}"}}}}"#);
    let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let tag = hmac_sha256::HMAC::mac(format!("{timestamp}:{body}"), SECRET);
    Request::post("/")
        .header("X-Twenty-Webhook-Timestamp", timestamp.to_string())
        .header("X-Twenty-Webhook-Signature", hex::encode(tag))
        .body(body.into())
        .expect("a request")
}

/// The word that is answered.
pub(crate) async fn deliver(receiver: &Receiver, id: &str) -> String {
    let response = receiver.clone().call(person(id)).await.unwrap_or_else(|never| match never {});
    let body = response.into_body().collect().await.unwrap_or_else(|never| match never {}).to_bytes();
    String::from_utf8_lossy(&body).split('"').nth(3).expect("a word").to_owned()
}

/// Delivers it again and again until that is the answer.
pub(crate) async fn deliver_until(expected: &str, receiver: &Receiver, id: &str) {
    let begun = Instant::now();
    loop {
        let answer = deliver(receiver, id).await;
        if answer == expected {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{answer}");
        sleep(Duration::from_millis(50)).await;
    }
}

/// Long enough for any machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
