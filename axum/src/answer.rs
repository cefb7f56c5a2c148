//! What is answered: an outcome or a code, never a reason.

use bytes::Bytes;
use http::{
    HeaderValue, Response, StatusCode,
    header::{ALLOW, CONNECTION, CONTENT_TYPE},
};
use http_body_util::Full;
use twenty_webhook::Code;

use crate::body::Rest;

/// What became of a delivery that is authentic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Handled,
    Accepted,
    Duplicate,
    Ignored,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Ignored => "ignored",
        }
    }
}

pub(crate) fn answer(verdict: Result<Outcome, Code>, rest: Rest) -> Response<Full<Bytes>> {
    let mut response = Response::new(match verdict {
        Ok(outcome) => object("outcome", outcome.as_str()),
        Err(code) => object("code", code.as_str()),
    });
    if let Err(code) = verdict {
        *response.status_mut() = code
            .status()
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if verdict == Err(Code::MethodNotAllowed) {
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    if rest == Rest::Unread {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Names and words hold nothing that JSON escapes.
fn object(name: &str, word: &str) -> Full<Bytes> {
    Full::from(format!("{{\"{name}\":\"{word}\"}}"))
}
