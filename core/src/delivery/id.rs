//! What tells one event from every other.

use core::fmt;

use arrayvec::ArrayString;

use crate::{
    mac,
    signature::{self, HEX_DIGITS},
};

/// The identity of an event: 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(ArrayString<HEX_DIGITS>);

impl DeliveryId {
    /// The identity of the event with this payload: [`Delivery::id`](crate::Delivery::id) for who has kept the payload alone.
    ///
    /// It is the SHA-256 of the payload. If the event has a record id and names the version of the record (`updatedAt` in the
    /// record, or in what a metadata event says of the change), the value of its `eventDate` is left out, because the sender
    /// may queue one change twice, and only the date differs then. So whatever is sent again for the same change has the
    /// same id, with another timestamp, nonce and signature, and every other change has another one.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::DeliveryId;
    ///
    /// let id = DeliveryId::of(b"{}");
    /// assert_eq!(id.as_str(), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    ///
    /// let sent_at = |date| {
    ///     format!(r#"{{"eventName":"person.updated","eventDate":"{date}","record":{{"id":"7","updatedAt":"2026-11-28"}}}}"#)
    /// };
    /// assert_eq!(DeliveryId::of(sent_at("05:00").as_bytes()), DeliveryId::of(sent_at("05:03").as_bytes()));
    /// ```
    pub fn of(payload: &[u8]) -> Self {
        Self::of_pieces(crate::Event::read_with_identity(payload).1)
    }

    pub(super) fn of_pieces(identity: [&[u8]; 2]) -> Self {
        Self(signature::hex_text(&mac::sha256(&identity)))
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
