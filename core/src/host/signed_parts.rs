//! What of a request is signed, for the hosts: as one text of JSON.

use alloc::string::String;

use super::{Failure, RefusedRequest, Settings, captured::text_of, json::Object};
use crate::{Secret, Timestamp, diagnose::Evidence};

/// What of a request is signed: `timestamp` and `signature` as they were sent, each where it was; the `separator`; and the
/// `payload`, where that is not the body.
///
/// # Errors
///
/// Those of [`Webhook::configure`](crate::Webhook::configure), and of a body that is no JSON where the form of the payload needs it.
///
/// # Example
///
/// ```
/// use twenty_webhook::host::{RefusedRequest, Settings, signed_parts};
///
/// let headers = ["X-Twenty-Webhook-Timestamp".to_owned(), "1735066639761".to_owned()];
/// let (method, url, others) = (None, None, &[][..]);
/// let request = RefusedRequest { headers: &headers, body: b"{}", is_ill_formed: false, now: 0.0, method, url, others };
/// let parts = signed_parts(&request, &Settings::default()).unwrap();
/// assert_eq!(parts, r#"{"timestamp":"1735066639761","separator":":"}"#);
/// ```
pub fn signed_parts(request: &RefusedRequest<'_>, settings: &Settings) -> Result<String, Failure> {
    let any = crate::Webhook::new(Secret::new("any")?).configure(settings)?;
    let pairs = request.pairs();
    let evidence = Evidence::of(&any, &pairs, request.body, Timestamp::from_unix_millis(0));
    let parts = evidence.signed_parts()?;
    let object = [("timestamp", parts.timestamp), ("signature", parts.signature)].into_iter();
    let object = object.fold(Object::new(), |object, (name, value)| object.text(name, value.map(text_of).as_deref()));
    let object = object.text("separator", Some(&text_of(parts.separator)));
    Ok(object.text("payload", parts.payload.as_deref().map(text_of).as_deref()).end())
}
