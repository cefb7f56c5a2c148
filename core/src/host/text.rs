//! Text that some host has, and that may hold what no Rust text can.

use crate::{
    CanonicalizeError, Delivery, Headers, Nonce, PayloadForm, SignError, SignedHeaders, Timestamp, VerifyError,
    Webhook,
    json::check_utf8,
    wire::{self, Payload},
};

impl Webhook {
    /// Verifies one delivery whose body some host has as text that may hold unpaired surrogates, given as its generalised
    /// UTF-8 (WTF-8). For a Rust `str`, and for any text known to be well-formed, it is [`Webhook::verify`].
    ///
    /// # Errors
    ///
    /// Those of [`Webhook::verify`]; in every form `payload_not_utf8` for an unpaired surrogate, because no bytes that
    /// could have been signed stand for it.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Nonce, Secret, Timestamp, Webhook};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let webhook = Webhook::new(Secret::new("a secret")?);
    /// let now = Timestamp::from_unix_millis(1_735_066_639_761);
    /// let wtf8 = b"\xED\xA0\x80"; // U+D800
    /// let headers = webhook.sign(wtf8, now, Nonce::from_bytes([7; 16]))?;
    /// assert_eq!(webhook.verify_text(wtf8, &headers, now).unwrap_err().code(), Code::PayloadNotUtf8);
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify_text<'a, H>(
        &self,
        text: &'a [u8],
        headers: &'a H,
        now: Timestamp,
    ) -> Result<Delivery<'a>, VerifyError>
    where
        H: Headers + ?Sized,
    {
        self.check_body_length(text.len() as u64)?;
        let claim = self.read_claim(headers, now)?;
        let payload = payload_of_text(self.options.payload_form, text)?;
        self.authenticate(&claim, payload)
    }

    /// Signs a payload that some host has as text that may hold unpaired surrogates, given as its generalised UTF-8
    /// (WTF-8). For a Rust `str` it is [`Webhook::sign`].
    ///
    /// # Errors
    ///
    /// Those of [`Webhook::sign`]; in every form `payload_not_utf8` for an unpaired surrogate.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Nonce, Secret, Timestamp, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?);
    /// let (sent, nonce) = (Timestamp::from_unix_millis(0), Nonce::from_bytes([0; 16]));
    /// let wtf8 = b"\xED\xA0\x80"; // U+D800
    /// assert_eq!(webhook.sign_text(wtf8, sent, nonce).unwrap_err().code(), Code::PayloadNotUtf8);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn sign_text(&self, text: &[u8], timestamp: Timestamp, nonce: Nonce) -> Result<SignedHeaders, SignError> {
        let printed = timestamp.print().ok_or(SignError::INVALID_TIMESTAMP)?;
        let payload = payload_of_text(self.options.payload_form, text)?;
        Ok(self.sign_payload(&payload, printed, nonce))
    }
}

/// The payload a text stands for, which in any form is text.
fn payload_of_text(form: PayloadForm, wtf8: &[u8]) -> Result<Payload<'_>, CanonicalizeError> {
    match form {
        PayloadForm::Raw => Ok(Payload::Borrowed(check_utf8(wtf8)?.as_bytes())),
        form => wire::payload_of(form, wtf8),
    }
}
