//! What is seen of a request on its way through the receiver.

use std::{
    future::poll_fn,
    mem,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use axum::{body::Body, extract::Request};
use bytes::Bytes;
use http_body::{Body as _, Frame};
use tokio::time::timeout;
use twenty_webhook::Timestamp;
use twenty_webhook_axum::Head;

use crate::{request::Header, sending::Answered};

pub(super) struct Seen {
    pub(super) received_at: Timestamp,
    /// Unless it is too large, or broke off.
    pub(super) body: Option<Vec<u8>>,
    pub(super) event: Option<String>,
    pub(super) answered: Option<Answered>,
    /// Why it was refused, or failed.
    pub(super) reason: Option<String>,
}

impl Seen {
    /// Does something with what was seen of the request with this head.
    pub(super) fn with(head: &Head, act: impl FnOnce(&mut Self)) {
        if let Some(Ok(mut seen)) = head.extensions.get::<Shared>().map(|shared| shared.lock()) {
            act(&mut seen);
        }
    }
}

type Shared = Arc<Mutex<Seen>>;

/// Reads a request's body before the receiver does, which leaves a body alone where the headers suffice to refuse it.
pub(super) async fn watched(request: Request, most_bytes: usize) -> Request {
    let (mut head, body) = request.into_parts();
    let received_at = Timestamp::now();
    let mut body = Again { read: Vec::new(), then: None, rest: body };
    // What takes longer is left to the receiver, which has a limit of its own.
    let is_whole = timeout(PATIENCE, body.fill(most_bytes)).await.unwrap_or(false);
    let seen =
        Seen { received_at, body: is_whole.then(|| body.read.clone()), event: None, answered: None, reason: None };
    head.extensions.insert(Arc::new(Mutex::new(seen)));
    Request::from_parts(head, Body::new(body))
}

const PATIENCE: Duration = Duration::from_secs(10);

/// Headers as they came.
pub(super) fn headers(head: &Head) -> Vec<Header> {
    head.headers.iter().map(|(name, value)| (name.as_str().into(), value.as_bytes().into())).collect()
}

/// The address that it was sent to. Twenty sends with https, which a tunnel ends.
pub(super) fn url(head: &Head) -> String {
    let host = head.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    format!("https://{host}{path}")
}

/// A body of which a part was read: it gives that part again, and then the rest.
struct Again {
    read: Vec<u8>,
    /// What came after it that was no data.
    then: Option<Result<Frame<Bytes>, axum::Error>>,
    rest: Body,
}

impl Again {
    /// Reads until the end, which it tells, or until there is more than a receiver takes.
    async fn fill(&mut self, most_bytes: usize) -> bool {
        while self.read.len() <= most_bytes {
            match poll_fn(|context| Pin::new(&mut self.rest).poll_frame(context)).await {
                None => return true,
                Some(Ok(frame)) if frame.is_data() => self.read.extend(frame.into_data().into_iter().flatten()),
                Some(other) => {
                    self.then = Some(other);
                    return false;
                }
            }
        }
        false
    }
}

impl http_body::Body for Again {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if !self.read.is_empty() {
            let read = mem::take(&mut self.read);
            return Poll::Ready(Some(Ok(Frame::data(read.into()))));
        }
        match self.then.take() {
            Some(then) => Poll::Ready(Some(then)),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }
}
