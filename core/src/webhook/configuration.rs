//! Making a [`Webhook`]: whatever cannot work is refused here, before there is a request.

use core::time::Duration;

use arrayvec::ArrayVec;

use crate::{ConfigError, Options, PayloadForm, Secret, Webhook};

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

    /// Sets the largest body that is looked at; zero takes empty bodies only.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.options.max_body_bytes = bytes;
        self
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

    /// Names the webhook, for receivers of several: after its workspace, say. The name is part of the key under which a
    /// delivery is claimed, so one workspace cannot claim what another sends, and it is in the log.
    ///
    /// # Errors
    ///
    /// `invalid_name` unless it is 1 to 128 bytes without control characters and U+FFFD.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret, Webhook};
    ///
    /// let webhook = Webhook::new(Secret::new("a secret")?).name("acme")?;
    /// assert_eq!(webhook.options().name(), Some("acme"));
    /// assert_eq!(webhook.name("").unwrap_err().code(), Code::InvalidName);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn name(mut self, name: &str) -> Result<Self, ConfigError> {
        self.options.name = Some(name.parse()?);
        Ok(self)
    }

    /// What it was told.
    pub const fn options(&self) -> &Options {
        &self.options
    }
}
