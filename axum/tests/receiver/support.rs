//! What the tests share.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, Full};
use tower_service::Service;
use twenty_webhook_axum::{BoxError, Delivery, Head, Receiver, ReceiverBuilder, Secret, Webhook, receive};

pub(crate) const SECRET: &str = "the secret of these tests";

pub(crate) fn builder() -> ReceiverBuilder {
    receive(Webhook::new(Secret::new(SECRET).expect("a secret")))
}

pub(crate) fn person(id: &str) -> String {
    format!(r#"{{"eventName":"person.created","record":{{"id":"{id}"}}}}"#)
}

/// As the sender makes it.
pub(crate) fn signed(body: &str) -> Request<Full<Bytes>> {
    let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let tag = hmac_sha256::HMAC::mac(format!("{timestamp}:{body}"), SECRET);
    Request::post("/webhooks/twenty")
        .header("X-Twenty-Webhook-Timestamp", timestamp.to_string())
        .header("X-Twenty-Webhook-Signature", hex::encode(tag))
        .header("X-Twenty-Webhook-Nonce", "00112233445566778899aabbccddeeff")
        .header("Content-Length", body.len())
        .body(Full::from(body.to_owned()))
        .expect("a request")
}

/// The status, and the word that was answered.
pub(crate) async fn send<B>(receiver: &Receiver, request: Request<B>) -> String
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    words(answer(receiver, request).await).await
}

pub(crate) async fn answer<B>(receiver: &Receiver, request: Request<B>) -> Response<Full<Bytes>>
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    receiver.clone().call(request).await.unwrap_or_else(|never| match never {})
}

pub(crate) async fn words(response: Response<Full<Bytes>>) -> String {
    let status = response.status();
    assert_eq!(response.headers()["content-type"], "application/json");
    let body = response.into_body().collect().await.unwrap_or_else(|never| match never {}).to_bytes();
    let text = std::str::from_utf8(&body).expect("text");
    let word = text.split('"').nth(3).expect("a word");
    let is_code = text == format!(r#"{{"code":"{word}"}}"#);
    assert!(is_code || text == format!(r#"{{"outcome":"{word}"}}"#), "{text}");
    assert_eq!(is_code, !status.is_success());
    format!("{} {word}", status.as_u16())
}

/// A body of these pieces and errors; then nothing, ever, if it does not end.
pub(crate) struct Pieces {
    rest: std::vec::IntoIter<Result<Bytes, String>>,
    ends: bool,
    /// How many bytes it says are to come.
    promised: u64,
}

impl Pieces {
    pub(crate) fn new(pieces: Vec<Result<Bytes, String>>, ends: bool) -> Self {
        Self { rest: pieces.into_iter(), ends, promised: 0 }
    }

    pub(crate) fn promising(self, promised: u64) -> Self {
        Self { promised, ..self }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = String;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, String>>> {
        match self.rest.next() {
            Some(piece) => Poll::Ready(Some(piece.map(Frame::data))),
            None if self.ends => Poll::Ready(None),
            None => Poll::Pending,
        }
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = SizeHint::default();
        hint.set_lower(self.promised);
        hint
    }
}

/// What happened, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    pub(crate) fn note(&self, line: impl Into<String>) {
        self.0.lock().expect("not poisoned").push(line.into());
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().expect("not poisoned").clone()
    }

    /// A handler that notes the id of the record.
    pub(crate) fn ids(&self) -> impl Fn(Delivery<'static>, Head) -> std::future::Ready<()> + Send + Sync + 'static {
        let seen = self.clone();
        move |delivery, _| {
            seen.note(delivery.event().record_id().unwrap_or("unknown"));
            std::future::ready(())
        }
    }

    /// An `on_error` that notes code, reason and cause.
    pub(crate) fn errors(&self) -> impl Fn(&twenty_webhook_axum::ReceiverError) + Send + Sync + 'static {
        use std::error::Error as _;
        let seen = self.clone();
        move |error| {
            let cause = error.source().map_or_else(String::new, |cause| format!(" ({cause})"));
            seen.note(format!("{} {}: {error}{cause}", error.status(), error.code()));
        }
    }
}
