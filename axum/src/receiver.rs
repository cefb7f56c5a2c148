//! The service: from a request to its answer.

use std::{
    convert::Infallible,
    fmt,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Request, Response,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderName},
    request::Parts,
};
use http_body::Body;
use http_body_util::Full;
use tower_service::Service;
use twenty_webhook::{
    Timestamp, Webhook,
    receiver::{Action, Facts, Notice, RequestHead, Rules},
};

use crate::{
    BoxError, BoxFuture, ReceiverError, ReplayStore,
    answer::response,
    body::{self, Rest},
    drive::Drive,
    error::Causes,
    handlers::Handler,
    log,
    task::{guarded, spawn},
};

/// Receives deliveries: a service that answers every request, made by [`receive`](crate::receive). Its clones are one and
/// the same receiver.
#[derive(Clone)]
pub struct Receiver(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) webhook: Arc<Webhook>,
    pub(crate) rules: Arc<Rules>,
    /// In the order of the rules' routes.
    pub(crate) handlers: Vec<Handler>,
    pub(crate) store: Option<Arc<dyn ReplayStore>>,
    pub(crate) on_error: Option<Box<OnError>>,
    pub(crate) clock: Box<Clock>,
}

pub(crate) type OnError = dyn Fn(&ReceiverError) + Send + Sync;
pub(crate) type Clock = dyn Fn() -> Timestamp + Send + Sync;

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

impl<B> Service<Request<B>> for Receiver
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { Ok(inner.receive(request).await) })
    }
}

impl Inner {
    async fn receive<B>(self: Arc<Self>, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
    {
        let (Parts { method, version, headers, .. }, body) = request.into_parts();
        let [coding, length] = [CONTENT_ENCODING, CONTENT_LENGTH].map(|name| joined(&headers, &name));
        let head = RequestHead {
            method: method.as_str(),
            content_encoding: coding.as_deref(),
            content_length: length.as_deref(),
        };
        let (mut drive, turn) = Drive::begin(&self, &head, &headers);
        let Some(Action::ReadBody { at_most, within }) = turn.next else {
            return response(drive.carry_out(turn), body::leave(body, version, self.rules.limits()));
        };
        let body = match body::read(body, &headers, at_most, within).await {
            Ok(body) => body,
            Err(unread) => {
                let rest = Rest::of(unread.why, version);
                return response(drive.give_up(unread), rest);
            }
        };
        // A task of its own, because a request's ends with its connection, and nothing is to be handled by halves or to fail
        // unheard.
        let answer = spawn(drive.run(headers, body)).await;
        response(answer.unwrap_or_else(|panic| Drive::fault(&self, panic.into())), Rest::Nothing)
    }

    pub(crate) fn report(&self, facts: Option<&Facts>, notice: Notice, causes: &mut Causes) {
        log::notice(&notice, facts);
        if let (Some(code), Some(on_error)) = (notice.code, &self.on_error) {
            let error = ReceiverError::new(code, notice, causes);
            if let Err(panic) = guarded(|| on_error(&error)) {
                log::on_error_failed(&panic);
            }
        }
    }
}

/// All values of a header, as HTTP joins them.
fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    let values: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    (!values.is_empty()).then(|| values.join(&b","[..]))
}
