//! Requests as Twenty sends them.

use http::{HeaderMap, Method, Request, header};
use serde_json::Value;
use twenty_webhook::{Webhook, testing::signed_delivery};

use crate::BoxError;

/// Signs a payload now, with the webhook's first secret, and makes the request that Twenty sends: for `oneshot` of tower, with
/// axum's `Body` or any other that is made of bytes.
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
/// let request: http::Request<axum::body::Body> = signed_request(&webhook, &payload, "/webhooks/twenty")?;
/// assert_eq!(request.method(), "POST");
/// # Ok(())
/// # }
/// ```
pub fn signed_request<B: From<Vec<u8>>>(webhook: &Webhook, payload: &Value, uri: &str) -> Result<Request<B>, BoxError> {
    let delivery = signed_delivery(webhook, payload)?;
    let mut request = Request::builder().method(Method::POST).uri(uri).body(delivery.body.into())?;
    *request.headers_mut() = HeaderMap::from(delivery.headers);
    request.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    Ok(request)
}
