//! An answer as a response.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header::CONNECTION};
use http_body_util::Full;
use twenty_webhook::receiver::Answer;

use crate::body::Rest;

/// An exchange that ends without an answer is a fault, and nothing that was accepted.
pub(crate) fn response(answer: Option<Answer>, rest: Rest) -> Response<Full<Bytes>> {
    let mut response = Response::new(answer.map_or_else(Full::default, |answer| answer.body().into()));
    let status = answer.and_then(|answer| StatusCode::from_u16(answer.status()).ok());
    *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.iter().flat_map(Answer::headers) {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if rest == Rest::Unread {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
