//! A verified delivery.

#[cfg(feature = "alloc")]
mod id;

use core::fmt;

#[cfg(feature = "alloc")]
pub use id::DeliveryId;

use crate::{Timestamp, wire::Payload};

#[cfg(feature = "alloc")]
type Text<'a> = alloc::borrow::Cow<'a, str>;
#[cfg(not(feature = "alloc"))]
type Text<'a> = &'a str;

/// A delivery that was sent by someone who has the secret, within the tolerance, and holds what they signed.
///
/// Its `Debug` shows no record.
#[derive(Clone)]
pub struct Delivery<'a> {
    payload: Payload<'a>,
    nonce: Option<Text<'a>>,
    timestamp: Timestamp,
    secret_index: usize,
}

impl<'a> Delivery<'a> {
    pub(crate) fn new(payload: Payload<'a>, timestamp: Timestamp, nonce: Option<&'a str>, secret_index: usize) -> Self {
        Self { payload, nonce: nonce.map(Text::from), timestamp, secret_index }
    }

    /// What tells this event from every other: see [`DeliveryId::of`]. Computed anew by each call.
    #[cfg(feature = "alloc")]
    pub fn id(&self) -> DeliveryId {
        DeliveryId::of(&self.payload)
    }

    /// When it was sent, as the authenticated timestamp header says.
    pub const fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// The nonce header, for logs: it is not signed, so it proves nothing. `None` where it was absent, repeated or not
    /// 1 to 128 visible ASCII characters.
    pub fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// Which secret it was signed with: 0 for the first. When deliveries no longer come with a higher index, the
    /// rotation is over.
    pub const fn secret_index(&self) -> usize {
        self.secret_index
    }

    /// The very bytes that were authenticated: the body as received or, under the form `Canonical`, its canonical text.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// What the payload says. Never an error: an authentic payload of a shape not known here is of the kind `Unknown`.
    ///
    /// # Example
    ///
    /// ```
    /// # use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let webhook = Webhook::new(Secret::new("a secret")?);
    /// # let now = Timestamp::from_unix_millis(1_735_066_639_761);
    /// # let body = br#"{"eventName":"person.created","record":{"id":"7"}}"#;
    /// # let headers = webhook.sign(body, now, Nonce::from_bytes([7; 16]))?;
    /// let delivery = webhook.verify(body, &headers, now)?;
    /// let event = delivery.event();
    /// assert_eq!(event.object(), Some("person"));
    /// assert_eq!(event.record(), Some(r#"{"id":"7"}"#));
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "alloc")]
    pub fn event(&self) -> crate::Event<'_> {
        crate::Event::read(&self.payload)
    }

    /// Both from one reading.
    #[cfg(feature = "alloc")]
    pub(crate) fn event_and_id(&self) -> (crate::Event<'_>, DeliveryId) {
        let (event, identity) = crate::Event::read_with_identity(&self.payload);
        (event, DeliveryId::of_pieces(identity))
    }

    /// The same delivery, independent of the request: for a handler that outlives it.
    #[cfg(feature = "alloc")]
    pub fn into_owned(self) -> Delivery<'static> {
        Delivery {
            payload: self.payload.into_owned().into(),
            nonce: self.nonce.map(|nonce| nonce.into_owned().into()),
            timestamp: self.timestamp,
            secret_index: self.secret_index,
        }
    }
}

impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Delivery");
        #[cfg(feature = "alloc")]
        shown.field("id", &self.id());
        shown
            .field("timestamp", &self.timestamp)
            .field("nonce", &self.nonce)
            .field("secret_index", &self.secret_index)
            .field("payload_bytes", &self.payload.len())
            .finish()
    }
}
