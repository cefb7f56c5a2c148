//! Verification: the one ordered list of checks.

use core::{iter, time::Duration};

use arrayvec::ArrayVec;

use crate::{
    ConfigError, Delivery, Headers, MAX_SECRETS, Options, PayloadForm, Secret, Timestamp, VerifyError,
    error::Reason,
    headers::SignatureHeaders,
    mac,
    options::{millis_of_seconds, whole_bytes},
    signature,
    wire::{self, SignedText},
};

/// One webhook of Twenty, as its receiver knows it: the secrets it accepts and how strict it is.
///
/// Make it once and share it: it is immutable, `Send` and `Sync`, and a verification hashes no key.
///
/// # Example
///
/// ```
/// use core::time::Duration;
/// use twenty_webhook::{Secret, Webhook};
///
/// # fn main() -> Result<(), twenty_webhook::ConfigError> {
/// let webhook = Webhook::new(Secret::new("the current secret")?)
///     .also_accept(Secret::new("the secret being rotated out")?)?
///     .tolerance(Duration::from_secs(60))
///     .max_body_bytes(256 * 1024)
///     .header_prefix("X-Acme-Webhook-")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The one to sign with.
    pub(crate) secret: Secret,
    others: ArrayVec<Secret, { MAX_SECRETS - 1 }>,
    pub(crate) options: Options,
}

impl Webhook {
    /// Makes one with the default [`Options`].
    pub fn new(secret: Secret) -> Self {
        Self { secret, others: ArrayVec::new(), options: Options::default() }
    }

    /// Makes one from a list of secrets, the one to sign with first.
    ///
    /// # Errors
    ///
    /// `secret_empty` for an empty list, `too_many_secrets` beyond four.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret, Webhook};
    ///
    /// assert!(Webhook::from_secrets([Secret::new("the new one")?, Secret::new("the old one")?]).is_ok());
    /// assert_eq!(Webhook::from_secrets([]).unwrap_err().code(), Code::SecretEmpty);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn from_secrets(secrets: impl IntoIterator<Item = Secret>) -> Result<Self, ConfigError> {
        let mut secrets = secrets.into_iter();
        let first = Self::new(secrets.next().ok_or(ConfigError::SECRET_EMPTY)?);
        secrets.try_fold(first, Self::also_accept)
    }

    /// Accepts one more secret, so that a secret can be changed without losing a delivery.
    ///
    /// # Errors
    ///
    /// `too_many_secrets` beyond four.
    pub fn also_accept(mut self, secret: Secret) -> Result<Self, ConfigError> {
        self.others.try_push(secret).map_err(|_| ConfigError::TOO_MANY_SECRETS)?;
        Ok(self)
    }

    /// Sets how far the timestamp may be from now, counted in whole milliseconds; zero means zero.
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.options.tolerance_millis = u64::try_from(tolerance.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// Sets the tolerance from a number of seconds that nothing has checked: a setting, another language's number.
    ///
    /// # Errors
    ///
    /// `invalid_tolerance` for what is not a number, negative, infinite or beyond 2^64 milliseconds.
    ///
    /// # Example
    ///
    /// ```
    /// use core::time::Duration;
    /// use twenty_webhook::{Code, Secret, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?).tolerance_seconds(1.5)?;
    /// assert_eq!(webhook.options().tolerance(), Duration::from_millis(1_500));
    /// assert_eq!(webhook.tolerance_seconds(f64::NAN).unwrap_err().code(), Code::InvalidTolerance);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn tolerance_seconds(mut self, seconds: f64) -> Result<Self, ConfigError> {
        self.options.tolerance_millis = millis_of_seconds(seconds).ok_or(ConfigError::INVALID_TOLERANCE)?;
        Ok(self)
    }

    /// Sets the largest body that is looked at; zero takes empty bodies only.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.options.max_body_bytes = bytes;
        self
    }

    /// Sets the largest body from a number that nothing has checked.
    ///
    /// # Errors
    ///
    /// `invalid_max_body_bytes` for what is not a whole number from 0 to 2^53 - 1.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?).max_body_bytes_number(65_536.0)?;
    /// assert_eq!(webhook.options().max_body_bytes(), 65_536);
    /// assert_eq!(webhook.max_body_bytes_number(0.5).unwrap_err().code(), Code::InvalidMaxBodyBytes);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn max_body_bytes_number(mut self, bytes: f64) -> Result<Self, ConfigError> {
        self.options.max_body_bytes = whole_bytes(bytes).ok_or(ConfigError::INVALID_MAX_BODY_BYTES)?;
        Ok(self)
    }

    /// Sets what the header names begin with, for rebranded servers.
    ///
    /// # Errors
    ///
    /// `invalid_header_prefix` unless it is 1 to 64 characters of a header name (RFC 9110 section 5.6.2) ending in `-`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?).header_prefix("X-Acme-Webhook-")?;
    /// assert_eq!(webhook.header_prefix("X-Acme").unwrap_err().code(), Code::InvalidHeaderPrefix);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn header_prefix(mut self, prefix: &str) -> Result<Self, ConfigError> {
        self.options.header_prefix = prefix.parse()?;
        Ok(self)
    }

    /// Sets what the signature is taken to be over.
    pub fn payload_form(mut self, form: PayloadForm) -> Self {
        self.options.payload_form = form;
        self
    }

    /// What it was told.
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Verifies one delivery: the body as it arrived, the request's headers, and the time of its arrival.
    ///
    /// # Errors
    ///
    /// In the order in which they are looked for: `payload_too_large`, `repeated_header`, `missing_header`,
    /// `malformed_timestamp`, `timestamp_too_old`, `timestamp_too_new`, `malformed_signature`; under
    /// [`PayloadForm::Canonical`] `payload_not_utf8`, `payload_not_json`, `payload_too_deep`, under
    /// [`PayloadForm::JsonString`] `payload_not_utf8`; `signature_mismatch`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret, Timestamp, Webhook};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let webhook = Webhook::new(Secret::new("a secret")?);
    /// let now = Timestamp::from_unix_millis(1_735_066_639_761);
    /// let headers = [
    ///     ("X-Twenty-Webhook-Timestamp", "1735066639761"),
    ///     ("X-Twenty-Webhook-Signature", "d0d2fa3c2d1b6d1e2b9f4d4a6e0b1f5c7d8e9fa0b1c2d3e4f5061728394a5b6c"),
    /// ];
    /// let error = webhook.verify(b"{}", &headers, now).unwrap_err();
    /// assert_eq!(error.code(), Code::SignatureMismatch);
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify<'a, H>(&self, body: &'a [u8], headers: &'a H, now: Timestamp) -> Result<Delivery<'a>, VerifyError>
    where
        H: Headers + ?Sized,
    {
        self.check_body_length(body.len() as u64)?;
        let claim = self.read_claim(headers, now)?;
        let payload = wire::payload_of(self.options.payload_form, body)?;
        let secret_index = self.authenticate(&claim, &payload).ok_or(Reason::SignatureMismatch)?;
        Ok(Delivery::new(payload, claim.timestamp, claim.headers.nonce, secret_index))
    }

    /// Judges a length before there is a body: a `Content-Length`, or what has been read so far.
    ///
    /// # Errors
    ///
    /// `payload_too_large`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Secret, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?).max_body_bytes(1_000);
    /// assert!(webhook.check_body_length(1_000).is_ok());
    /// assert_eq!(webhook.check_body_length(1_001).unwrap_err().status(), 413);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn check_body_length(&self, bytes: u64) -> Result<(), VerifyError> {
        let limit = self.options.max_body_bytes as u64;
        if bytes > limit {
            return Err(Reason::PayloadTooLarge { limit }.into());
        }
        Ok(())
    }

    /// Judges the headers before there is a body, so that what must be refused is refused unread. It proves nothing:
    /// [`Webhook::verify`] does.
    ///
    /// # Errors
    ///
    /// Those of [`Webhook::verify`] from `repeated_header` to `malformed_signature`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret, Timestamp, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?);
    /// let headers = [("X-Twenty-Webhook-Timestamp", "2025-01-01"), ("X-Twenty-Webhook-Signature", "00")];
    /// let error = webhook.check_headers(&headers, Timestamp::from_unix_millis(0)).unwrap_err();
    /// assert_eq!(error.code(), Code::MalformedTimestamp);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn check_headers<H: Headers + ?Sized>(&self, headers: &H, now: Timestamp) -> Result<(), VerifyError> {
        self.read_claim(headers, now)?;
        Ok(())
    }

    /// What the headers claim: well-formed, fresh, unproved.
    fn read_claim<'h, H: Headers + ?Sized>(&self, headers: &'h H, now: Timestamp) -> Result<Claim<'h>, Reason> {
        let headers = SignatureHeaders::read(headers, &self.options.header_prefix)?;
        let timestamp = Timestamp::parse(headers.timestamp)?;
        timestamp.check_fresh(now, self.options.tolerance_millis)?;
        let tag = signature::parse(headers.signature)?;
        Ok(Claim { headers, timestamp, tag })
    }

    /// The index of the secret the claim was signed with.
    fn authenticate(&self, claim: &Claim<'_>, payload: &[u8]) -> Option<usize> {
        let text = SignedText { timestamp: claim.headers.timestamp, payload, form: self.options.payload_form };
        let secrets = iter::once(&self.secret).chain(&self.others);
        mac::first_match(secrets.map(|secret| text.tag(&secret.0)), &claim.tag)
    }
}

struct Claim<'h> {
    headers: SignatureHeaders<'h>,
    timestamp: Timestamp,
    tag: [u8; mac::DIGEST_BYTES],
}
