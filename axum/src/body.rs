//! The body of a request, read within the limits.

use std::{pin::pin, time::Duration};

use bytes::{Buf, Bytes};
use http::{HeaderMap, Version, header::CONTENT_LENGTH};
use http_body::Body;
use http_body_util::BodyExt as _;
use tokio::time::timeout;
use twenty_webhook::{Code, Webhook};

use crate::{BoxError, ReceiverError, task::spawn};

/// Reads it whole, but no further than to where it is too large.
pub(crate) async fn read<B>(
    body: B,
    headers: &HeaderMap,
    webhook: &Webhook,
    limit: Duration,
) -> Result<Bytes, ReceiverError>
where
    B: Body<Error: Into<BoxError>>,
{
    let promised_bytes = body.size_hint().lower();
    let whole = timeout(limit, read_to_end(body, webhook))
        .await
        .unwrap_or_else(|elapsed| Err(ReceiverError::new(Code::BodyTimeout, elapsed)))?;
    // A stream of HTTP/2 that is cancelled ends like one that is complete.
    if (whole.len() as u64) < promised_bytes {
        return Err(ReceiverError::of_reason(Code::BodyTimeout, CLIENT_GONE));
    }
    // A server gives an error for a body that is shorter than announced, so somebody else has had it.
    let is_announced =
        headers.get(CONTENT_LENGTH).is_some_and(|length| length.as_bytes().iter().any(|digit| *digit != b'0'));
    if whole.is_empty() && is_announced {
        return Err(ReceiverError::of_reason(Code::BodyAlreadyRead, ALREADY_READ));
    }
    Ok(whole)
}

const ALREADY_READ: &str = "Something has read the body before the receiver: mount it with .route_service(path, receiver), \
                            outside every .layer(...) that reads bodies.";

async fn read_to_end<B>(body: B, webhook: &Webhook) -> Result<Bytes, ReceiverError>
where
    B: Body<Error: Into<BoxError>>,
{
    let mut body = pin!(body);
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| ReceiverError::of_reason(Code::BodyTimeout, CLIENT_GONE).caused_by(error))?;
        if let Ok(mut chunk) = frame.into_data() {
            webhook.check_body_length(whole.len() as u64 + chunk.remaining() as u64)?;
            while chunk.has_remaining() {
                let piece = chunk.chunk();
                let bytes = piece.len();
                whole.extend_from_slice(piece);
                chunk.advance(bytes);
            }
        }
    }
    Ok(whole.into())
}

const CLIENT_GONE: &str = "The client went away before the body was complete.";

/// What is left of a body when the answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    Nothing,
    /// More than is worth reading for another request on the same connection.
    Unread,
}

impl Rest {
    /// Of a body that was given up on. HTTP/2 ends its stream and keeps the connection.
    pub(crate) fn unread(version: Version) -> Self {
        if version < Version::HTTP_2 { Self::Unread } else { Self::Nothing }
    }
}

/// Sees to a body that is not to be read: the little that is worth it is read beside the answer, so that the connection
/// can be used again.
pub(crate) fn leave<B>(body: B, version: Version, limit: Duration) -> Rest
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    if body.is_end_stream() {
        return Rest::Nothing;
    }
    if body.size_hint().exact().is_none_or(|bytes| bytes > WORTH_READING_BYTES) {
        return Rest::unread(version);
    }
    spawn(timeout(limit, async move {
        let mut body = pin!(body);
        while let Some(Ok(_)) = body.frame().await {}
    }));
    Rest::Nothing
}

const WORTH_READING_BYTES: u64 = 64 * 1024;
