//! Options as other languages have them.

use alloc::string::String;

use crate::{ConfigError, Webhook};

impl Webhook {
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

    /// Sets what is present of another language's options.
    ///
    /// # Errors
    ///
    /// Of the first that cannot be used, in the order of the fields: `invalid_tolerance`, `invalid_max_body_bytes`,
    /// `invalid_header_prefix`, `invalid_payload_form`, `invalid_name`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Secret, Webhook, host::Settings};
    ///
    /// let settings = Settings { max_body_bytes: Some(4096.0), ..Settings::default() };
    /// let webhook = Webhook::new(Secret::new("a secret")?).configure(&settings)?;
    /// assert_eq!(webhook.options().max_body_bytes(), 4096);
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn configure(mut self, settings: &Settings) -> Result<Self, ConfigError> {
        if let Some(seconds) = settings.tolerance_seconds {
            self = self.tolerance_seconds(seconds)?;
        }
        if let Some(bytes) = settings.max_body_bytes {
            self = self.max_body_bytes_number(bytes)?;
        }
        if let Some(prefix) = &settings.header_prefix {
            self = self.header_prefix(prefix)?;
        }
        if let Some(form) = &settings.payload_form {
            self = self.payload_form(form.parse()?);
        }
        if let Some(name) = &settings.name {
            self = self.name(name)?;
        }
        Ok(self)
    }
}

/// Options as another language has them: nothing has checked them, and what is absent has the default.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// See [`Webhook::tolerance_seconds`].
    pub tolerance_seconds: Option<f64>,
    /// See [`Webhook::max_body_bytes_number`].
    pub max_body_bytes: Option<f64>,
    /// See [`Webhook::header_prefix`].
    pub header_prefix: Option<String>,
    /// The name of a [`PayloadForm`](crate::PayloadForm).
    pub payload_form: Option<String>,
    /// See [`Webhook::name`].
    pub name: Option<String>,
}

/// Seconds from a language whose numbers are doubles, as whole milliseconds, rounded down as a `Duration` is, to within half
/// a microsecond.
fn millis_of_seconds(seconds: f64) -> Option<u64> {
    // The product may fall short of the whole it stands for (1.001 * 1000.0 is 1000.9999999999999): half a microsecond
    // more makes up for it.
    let millis = seconds * 1000.0 + 0.000_5;
    let counts = seconds >= 0.0 && millis < TWO_TO_THE_64;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range, and truncation is the rounding"
    )]
    counts.then_some(millis as u64)
}

/// A count of bytes from such a language.
fn whole_bytes(count: f64) -> Option<usize> {
    whole(count).map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX))
}

/// A whole number of a language whose numbers are doubles, from 0 to 2^53 - 1.
///
/// # Example
///
/// ```
/// assert_eq!([7.0, -1.0, 0.5, f64::NAN].map(twenty_webhook::host::whole), [Some(7), None, None, None]);
/// ```
pub fn whole(number: f64) -> Option<u64> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with the original below")]
    let count = number as u64;
    #[allow(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "equal exactly where the number is whole and in range"
    )]
    let is_whole = count <= MAX_SAFE_INTEGER && count as f64 == number;
    is_whole.then_some(count)
}

const TWO_TO_THE_64: f64 = 18_446_744_073_709_551_616.0;

/// ECMAScript's `Number.MAX_SAFE_INTEGER`: above it a double no longer tells neighbours apart.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;
