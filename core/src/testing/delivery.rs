//! Deliveries as Twenty sends them.

use alloc::vec::Vec;

use serde_json::Value;

use super::payload_text;
use crate::{Nonce, SignError, SignedHeaders, Timestamp, Webhook};

/// Signs a payload now, with the webhook's first secret, as Twenty does.
///
/// A receiver takes the same delivery for a duplicate when it comes again, and the same payload, too: make a new
/// [`sample`](super::sample) for each.
///
/// # Errors
///
/// `payload_too_deep`, for a payload nested too deep for JSON text of the webhook's form.
///
/// # Example
///
/// ```
/// use serde_json::json;
/// use twenty_webhook::{Secret, Timestamp, Webhook, testing::{sample, signed_delivery}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let webhook = Webhook::new(Secret::new("a secret")?);
/// let sent = signed_delivery(&webhook, &sample("person.created", json!({}))?)?;
/// let delivery = webhook.verify(&sent.body, &sent.headers, Timestamp::now())?;
/// assert!(delivery.event().matches("person.created"));
/// # Ok(())
/// # }
/// ```
pub fn signed_delivery(webhook: &Webhook, payload: &Value) -> Result<SignedDelivery, SignError> {
    let body = payload_text(payload).map_err(SignError::from)?.into_bytes();
    let headers = webhook.sign(&body, Timestamp::now(), Nonce::from_bytes(super::random().to_le_bytes()))?;
    Ok(SignedDelivery { body, headers })
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedDelivery {
    /// The payload as JSON text.
    pub body: Vec<u8>,
    /// The three headers of Twenty.
    pub headers: SignedHeaders,
}
