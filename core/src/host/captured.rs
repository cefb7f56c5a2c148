//! Requests as tools keep them, for the hosts: as one text of JSON.

use alloc::{borrow::Cow, string::String};

use data_encoding::BASE64;

use super::{
    Failure,
    json::{Object, array, quoted},
};
use crate::diagnose::{CapturedRequest, captured_requests};

/// Every request of a text, as [`captured_requests`] reads them: an array of objects with `method`, `url`, `receivedAt` in
/// milliseconds and `bodyBase64`, each where it was kept, and `headers`, as pairs.
///
/// # Errors
///
/// Those of [`captured_requests`].
///
/// # Example
///
/// ```
/// use twenty_webhook::host::captured;
///
/// assert_eq!(captured(b"X-A: 1").unwrap(), r#"[{"headers":[["X-A","1"]]}]"#);
/// assert_eq!(captured(b"hello").unwrap_err().code, "");
/// ```
pub fn captured(text: &[u8]) -> Result<String, Failure> {
    let requests = captured_requests(text).map_err(|error| Failure::mistake(&error))?;
    Ok(array(requests.iter().map(request)))
}

fn request(request: &CapturedRequest) -> String {
    let headers = request.headers.iter();
    let headers = array(headers.map(|(name, value)| array([quoted(&text_of(name)), quoted(&text_of(value))])));
    let mut object = Object::new()
        .text("method", request.method.as_deref())
        .text("url", request.url.as_deref())
        .text("bodyBase64", request.body.as_deref().map(|body| BASE64.encode(body)).as_deref());
    if let Some(at) = request.received_at {
        object = object.number("receivedAt", at.unix_millis());
    }
    object.raw("headers", &headers).end()
}

/// What is no UTF-8 is taken for Latin-1, as hosts take it.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let latin1 = || Cow::Owned(bytes.iter().copied().map(char::from).collect());
    core::str::from_utf8(bytes).map_or_else(|_| latin1(), Cow::Borrowed)
}
