//! Requests as Twenty sends them.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, header};
use http_body_util::Full;
use serde_json::Value;
use twenty_webhook::{Webhook, testing::signed_delivery};

use crate::BoxError;

/// Signs a payload now, with the webhook's first secret, and makes the request that Twenty sends: for `oneshot` of tower,
/// which axum's `Router` and a [`Receiver`](crate::Receiver) have.
///
/// A receiver takes the same payload for a duplicate when it comes again: make a new [`sample`](super::sample) for each.
///
/// # Errors
///
/// For a payload that is nested too deep, and for a URI that is none.
///
/// # Example
///
/// ```
/// use serde_json::json;
/// use twenty_webhook_axum::{Secret, Webhook, testing::{sample, signed_request}};
///
/// # fn main() -> Result<(), twenty_webhook_axum::BoxError> {
/// let webhook = Webhook::new(Secret::new("a secret")?);
/// let payload = sample("person.created", json!({}))?;
/// let request = signed_request(&webhook, &payload, "/webhooks/twenty")?;
/// assert_eq!(request.method(), "POST");
/// # Ok(())
/// # }
/// ```
pub fn signed_request(webhook: &Webhook, payload: &Value, uri: &str) -> Result<Request<Full<Bytes>>, BoxError> {
    let delivery = signed_delivery(webhook, payload)?;
    let mut request = Request::builder().method(Method::POST).uri(uri).body(delivery.body.into())?;
    *request.headers_mut() = HeaderMap::from(delivery.headers);
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(request)
}
