//! Making a [`Webhook`]: whatever cannot work is refused here, before there is a request.

use core::time::Duration;

use arrayvec::ArrayVec;

use crate::{
    ConfigError, Options, PayloadForm, Secret, Webhook,
    options::{millis_of_seconds, whole_bytes},
};

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

    /// Sets what is present of another language's options.
    ///
    /// # Errors
    ///
    /// Of the first that cannot be used, in the order of the fields: `invalid_tolerance`, `invalid_max_body_bytes`,
    /// `invalid_header_prefix`, `invalid_payload_form`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Secret, Settings, Webhook};
    ///
    /// let settings = Settings { max_body_bytes: Some(4096.0), ..Settings::default() };
    /// let webhook = Webhook::new(Secret::new("a secret")?).configure(&settings)?;
    /// assert_eq!(webhook.options().max_body_bytes(), 4096);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn configure(mut self, settings: &Settings<'_>) -> Result<Self, ConfigError> {
        if let Some(seconds) = settings.tolerance_seconds {
            self = self.tolerance_seconds(seconds)?;
        }
        if let Some(bytes) = settings.max_body_bytes {
            self = self.max_body_bytes_number(bytes)?;
        }
        if let Some(prefix) = settings.header_prefix {
            self = self.header_prefix(prefix)?;
        }
        if let Some(form) = settings.payload_form {
            self = self.payload_form(form.parse()?);
        }
        Ok(self)
    }

    /// What it was told.
    pub const fn options(&self) -> &Options {
        &self.options
    }
}

/// Options as another language has them: nothing has checked them, and what is absent has the default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'s> {
    /// See [`Webhook::tolerance_seconds`].
    pub tolerance_seconds: Option<f64>,
    /// See [`Webhook::max_body_bytes_number`].
    pub max_body_bytes: Option<f64>,
    /// See [`Webhook::header_prefix`].
    pub header_prefix: Option<&'s str>,
    /// The name of a [`PayloadForm`].
    pub payload_form: Option<&'s str>,
}
