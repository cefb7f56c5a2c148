//! The body of a request, read within the limits.

use std::{error::Error, iter, pin::pin, time::Duration};

use bytes::{Buf, Bytes};
use http::{HeaderMap, Version, header::CONTENT_LENGTH};
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError};
use tokio::time::timeout;
use twenty_webhook::receiver::{ReceiverLimits, Unreadable};

use crate::{BoxError, task::spawn};

/// Why there is no body.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) why: Unreadable,
    pub(crate) remedy: Option<&'static str>,
    pub(crate) cause: Option<BoxError>,
}

/// Reads it whole, but no further than to where it is too large.
pub(crate) async fn read<B>(body: B, headers: &HeaderMap, at_most: usize, within: Duration) -> Result<Bytes, Unread>
where
    B: Body<Error: Into<BoxError>>,
{
    let promised_bytes = body.size_hint().lower();
    let whole = timeout(within, read_to_end(body, at_most)).await.unwrap_or(Err(Unreadable::Late.into()))?;
    // A stream of HTTP/2 that is cancelled ends like one that is complete.
    if (whole.len() as u64) < promised_bytes {
        return Err(Unreadable::Gone.into());
    }
    // A server gives an error for a body that is shorter than announced, so somebody else has had it.
    let is_announced =
        headers.get(CONTENT_LENGTH).is_some_and(|length| length.as_bytes().iter().any(|digit| *digit != b'0'));
    if whole.is_empty() && is_announced {
        return Err(Unread { remedy: Some(ALREADY_READ), ..Unreadable::AlreadyRead.into() });
    }
    Ok(whole)
}

const ALREADY_READ: &str = "Something has read the body before the receiver: mount it with .route_service(path, receiver), \
                            outside every .layer(...) that reads bodies.";

fn broken_off(cause: BoxError) -> Unread {
    let causes = iter::successors(Some(&*cause as &(dyn Error + 'static)), |&cause| cause.source());
    let is_limit = causes.into_iter().any(<dyn Error>::is::<LengthLimitError>);
    let why = if is_limit { Unreadable::TooLarge } else { Unreadable::Gone };
    Unread { cause: Some(cause), ..why.into() }
}

async fn read_to_end<B>(body: B, at_most: usize) -> Result<Bytes, Unread>
where
    B: Body<Error: Into<BoxError>>,
{
    let mut body = pin!(body);
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| broken_off(error.into()))?;
        if let Ok(mut chunk) = frame.into_data() {
            if chunk.remaining() > at_most - whole.len() {
                return Err(Unreadable::TooLarge.into());
            }
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

impl From<Unreadable> for Unread {
    fn from(why: Unreadable) -> Self {
        Self { why, remedy: None, cause: None }
    }
}

/// What is left of a body when the answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    Nothing,
    /// More than is worth reading for another request on the same connection.
    Unread,
}

impl Rest {
    /// Of a body that was given up on. HTTP/2 ends its stream and keeps the connection.
    pub(crate) fn of(why: Unreadable, version: Version) -> Self {
        if why == Unreadable::AlreadyRead || version >= Version::HTTP_2 { Self::Nothing } else { Self::Unread }
    }
}

/// Sees to a body that is not to be read: the little that is worth it is read beside the answer, so that the connection
/// can be used again.
pub(crate) fn leave<B>(body: B, version: Version, limits: ReceiverLimits) -> Rest
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    if body.is_end_stream() {
        return Rest::Nothing;
    }
    if body.size_hint().exact().is_none_or(|bytes| bytes > limits.leftover_bytes as u64) {
        return Rest::of(Unreadable::TooLarge, version);
    }
    spawn(timeout(limits.leftover_timeout, async move {
        let mut body = pin!(body);
        while let Some(Ok(_)) = body.frame().await {}
    }));
    Rest::Nothing
}
