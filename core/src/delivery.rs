//! A verified delivery.

use core::fmt;

use arrayvec::ArrayString;

use crate::{
    Timestamp, mac,
    signature::{self, HEX_DIGITS},
    wire::Payload,
};

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

    /// What tells this event from every other: SHA-256 of the payload. The same event sent again has the same id, a
    /// new timestamp, nonce and signature. Computed anew by each call.
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
        f.debug_struct("Delivery")
            .field("id", &self.id())
            .field("timestamp", &self.timestamp)
            .field("nonce", &self.nonce)
            .field("secret_index", &self.secret_index)
            .field("payload_bytes", &self.payload.len())
            .finish()
    }
}

/// The identity of an event: 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(ArrayString<HEX_DIGITS>);

impl DeliveryId {
    /// The identity of the event with this payload: [`Delivery::id`] for who has kept the payload alone.
    ///
    /// # Example
    ///
    /// ```
    /// let id = twenty_webhook::DeliveryId::of(b"{}");
    /// assert_eq!(id.as_str(), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    /// ```
    pub fn of(payload: &[u8]) -> Self {
        Self(signature::hex_text(&mac::sha256(payload)))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for DeliveryId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeliveryId({self})")
    }
}
