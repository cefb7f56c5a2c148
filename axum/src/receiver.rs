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
};
use http_body::Body;
use http_body_util::Full;
use tokio::sync::watch;
use tower_service::Service;
use twenty_webhook::{
    Timestamp,
    receiver::{Action, RequestHead, Rules},
};

use crate::{
    BoxError, BoxFuture, Head, ReceiverError, ReplayStore, RequestOutcome,
    answer::response,
    body::{self, Rest},
    drive::Drive,
    finder::Finder,
    handlers::Handler,
    task::spawn,
};

/// Receives deliveries: a service that answers every request, made by [`receive`](crate::receive). Its clones are one and
/// the same receiver.
#[derive(Clone)]
pub struct Receiver(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) finder: Finder,
    pub(crate) rules: Arc<Rules>,
    /// In the order of the rules' routes.
    pub(crate) handlers: Vec<Handler>,
    pub(crate) store: Option<Arc<dyn ReplayStore>>,
    pub(crate) on_error: Option<Box<OnError>>,
    pub(crate) on_outcome: Option<Box<OnOutcome>>,
    pub(crate) clock: Box<Clock>,
    /// Whatever runs holds a receiver of it.
    pub(crate) alive: watch::Sender<()>,
}

pub(crate) type OnError = dyn Fn(&ReceiverError) + Send + Sync;
pub(crate) type OnOutcome = dyn Fn(&RequestOutcome<'_>) + Send + Sync;
pub(crate) type Clock = dyn Fn() -> Timestamp + Send + Sync;

impl Receiver {
    /// Waits until nothing runs: no request, no handler in the background, no claim that is asked for or given back. It stops no
    /// new requests and has no limit of its own: call it once the server takes no more, and put a time-out around it if the
    /// process must end.
    ///
    /// # Example
    ///
    /// ```
    /// use std::{io, time::Duration};
    /// use axum::Router;
    /// use tokio::{net::TcpListener, time::timeout};
    /// use twenty_webhook_axum::Receiver;
    ///
    /// async fn serve<S>(listener: TcpListener, receiver: Receiver, stop: S) -> io::Result<()>
    /// where
    ///     S: Future<Output = ()> + Send + 'static,
    /// {
    ///     let app = Router::new().route_service("/webhooks/twenty", receiver.clone());
    ///     axum::serve(listener, app).with_graceful_shutdown(stop).await?;
    ///     timeout(Duration::from_secs(30), receiver.drain()).await.map_err(io::Error::from)
    /// }
    /// ```
    pub async fn drain(&self) {
        self.0.alive.closed().await;
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
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let head = Arc::new(head);
            // A task of its own, because a request's ends with its connection, and nothing is to be handled by halves or to end
            // untold.
            let answered = spawn(receive(Arc::clone(&inner), Arc::clone(&head), body)).await;
            Ok(answered.unwrap_or_else(|panic| response(Drive::fault(inner, head, panic.into()), Rest::Nothing)))
        })
    }
}

async fn receive<B>(receiver: Arc<Inner>, head: Head, body: B) -> Response<Full<Bytes>>
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    let [coding, length] = [CONTENT_ENCODING, CONTENT_LENGTH].map(|name| joined(&head.headers, &name));
    let told = RequestHead {
        method: head.method.as_str(),
        content_encoding: coding.as_deref(),
        content_length: length.as_deref(),
    };
    let limits = receiver.rules.limits();
    let (mut drive, mut turn) = Drive::begin(receiver, Arc::clone(&head), &told);
    if let Some(Action::FindWebhook { within }) = turn.next {
        turn = drive.find(&told, within).await;
    }
    let Some(Action::ReadBody { at_most, within }) = turn.next else {
        return response(drive.carry_out(turn), body::leave(body, head.version, limits));
    };
    let (turn, rest) = match body::read(body, &head.headers, at_most, within).await {
        Ok(body) => (drive.verify(&body), Rest::Nothing),
        Err(unread) => {
            let rest = Rest::of(unread.why, head.version);
            (drive.give_up(unread), rest)
        }
    };
    drop(head);
    response(drive.run(turn).await, rest)
}

/// All values of a header, as HTTP joins them.
fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    let values: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    (!values.is_empty()).then(|| values.join(&b","[..]))
}
