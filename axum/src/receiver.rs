//! The service: from a request to its answer.

use std::{
    convert::Infallible,
    fmt,
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Request, Response,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderName},
    request::Parts,
};
use http_body::Body;
use http_body_util::Full;
use tokio::time::{Instant, timeout};
use tower_service::Service;
use twenty_webhook::{Code, Delivery, ReceiverLimits, RequestHead, Timestamp, VerifyError, Webhook};

use crate::{
    BoxError, BoxFuture, ReceiverError,
    answer::{Outcome, answer},
    body::{self, Rest},
    claims::{Claim, Claims},
    handlers::{Handler, Handlers},
    log,
    report::Reporter,
    task::{guarded, spawn},
};

/// Receives deliveries: a service that answers every request, made by [`receive`](crate::receive). Its clones are one and
/// the same receiver.
#[derive(Clone)]
pub struct Receiver(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) webhook: Webhook,
    pub(crate) handlers: Handlers,
    pub(crate) claims: Option<Claims>,
    pub(crate) reporter: Reporter,
    pub(crate) is_background: bool,
    pub(crate) body_timeout: Duration,
}

impl Receiver {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }
}

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
        let (head, body) = request.into_parts();
        if let Err(error) = self.check(&head) {
            let rest = body::leave(body, head.version, self.body_timeout);
            return self.refuse(&error.into(), rest);
        }
        let body = match body::read(body, &head.headers, &self.webhook, self.body_timeout).await {
            Ok(body) => body,
            Err(error) if error.code() == Code::BodyAlreadyRead => return self.refuse(&error, Rest::Nothing),
            Err(error) => return self.refuse(&error, Rest::unread(head.version)),
        };
        // A task of its own, because a request's ends with its connection, and nothing is to be handled by halves or to
        // fail unheard.
        match spawn(Arc::clone(&self).conclude(head.headers, body)).await {
            Ok(verdict) => answer(verdict, Rest::Nothing),
            Err(panic) => self.refuse(&ReceiverError::new(Code::Internal, panic), Rest::Nothing),
        }
    }

    fn check(&self, head: &Parts) -> Result<(), VerifyError> {
        let coding = joined(&head.headers, &CONTENT_ENCODING);
        let length = joined(&head.headers, &CONTENT_LENGTH);
        let request = RequestHead {
            method: head.method.as_str(),
            content_encoding: coding.as_deref(),
            content_length: length.as_deref(),
        };
        self.webhook.check_request(&request, &head.headers, Timestamp::now())
    }

    fn refuse(&self, error: &ReceiverError, rest: Rest) -> Response<Full<Bytes>> {
        self.reporter.report(error);
        answer(Err(error.code()), rest)
    }

    async fn conclude(self: Arc<Self>, headers: HeaderMap, body: Bytes) -> Result<Outcome, Code> {
        let verified = self.webhook.verify(&body, &headers, Timestamp::now()).map(Delivery::into_owned);
        // Not to be kept while handlers run.
        drop((headers, body));
        let settled = match verified {
            Ok(delivery) => Arc::clone(&self).settle(delivery).await,
            Err(error) => Err(error.into()),
        };
        settled.map_err(|error| {
            self.reporter.report(&error);
            error.code()
        })
    }

    async fn settle(self: Arc<Self>, delivery: Delivery<'static>) -> Result<Outcome, ReceiverError> {
        let handlers = self.handlers.matching(&delivery.event());
        if handlers.is_empty() {
            return Ok(Outcome::Ignored);
        }
        let claim = match &self.claims {
            None => Claim::Nothing,
            Some(claims) => match claims.take(delivery.id(), &self.reporter).await? {
                Some(claim) => claim,
                None => return Ok(Outcome::Duplicate),
            },
        };
        if !self.is_background {
            return self.handle(handlers, delivery, claim).await;
        }
        spawn(async move {
            if let Err(error) = self.handle(handlers, delivery, claim).await {
                self.reporter.report(&error);
            }
        });
        Ok(Outcome::Accepted)
    }

    async fn handle(
        &self,
        handlers: Vec<Arc<Handler>>,
        delivery: Delivery<'static>,
        claim: Claim,
    ) -> Result<Outcome, ReceiverError> {
        let handling = guarded(call(handlers, delivery));
        let handled = if self.is_background { handling.await } else { told_if_slow(handling).await };
        let Err(cause) = handled else {
            return Ok(Outcome::Handled);
        };
        claim.release().await;
        Err(ReceiverError::new(Code::HandlerFailed, cause))
    }
}

/// All values of a header, as HTTP joins them.
fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    let values: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    (!values.is_empty()).then(|| values.join(&b","[..]))
}

async fn told_if_slow<T>(handling: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let slow_handler = ReceiverLimits::default().slow_handler;
    let mut handling = pin!(handling);
    let handled = timeout(slow_handler, &mut handling).await;
    // One that blocks its thread keeps the time-out waiting, too.
    if handled.is_err() || begun.elapsed() > slow_handler {
        log::slow(slow_handler);
    }
    match handled {
        Ok(handled) => handled,
        Err(_) => handling.await,
    }
}

/// The last gets the delivery itself, all before it a copy.
async fn call(mut handlers: Vec<Arc<Handler>>, delivery: Delivery<'static>) -> Result<(), BoxError> {
    let Some(last) = handlers.pop() else {
        return Ok(());
    };
    for handler in handlers {
        handler(delivery.clone()).await?;
    }
    last(delivery).await
}
