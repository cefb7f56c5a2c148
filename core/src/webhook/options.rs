//! The options of a [`Webhook`](crate::Webhook) and their defaults.

use core::time::Duration;

use super::name::WebhookName;
use crate::{PayloadForm, headers::HeaderPrefix};

/// What a [`Webhook`](crate::Webhook) can be told, with the defaults in [`Options::default`] and nowhere else.
///
/// # Example
///
/// ```
/// use core::time::Duration;
/// use twenty_webhook::{Options, PayloadForm};
///
/// let options = Options::default();
/// assert_eq!(options.tolerance(), Duration::from_secs(300));
/// assert_eq!(options.max_body_bytes(), 1_048_576);
/// assert_eq!(options.header_prefix(), "X-Twenty-Webhook-");
/// assert_eq!(options.payload_form(), PayloadForm::Raw);
/// assert_eq!(options.name(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub(crate) tolerance_millis: u64,
    pub(crate) max_body_bytes: usize,
    pub(crate) header_prefix: HeaderPrefix,
    pub(crate) payload_form: PayloadForm,
    pub(crate) name: Option<WebhookName>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tolerance_millis: 5 * 60 * 1000,
            max_body_bytes: 1024 * 1024,
            header_prefix: HeaderPrefix::default(),
            payload_form: PayloadForm::default(),
            name: None,
        }
    }
}

impl Options {
    /// How far the timestamp may be from now, on either side, both ends included; counted in whole milliseconds.
    pub const fn tolerance(&self) -> Duration {
        Duration::from_millis(self.tolerance_millis)
    }

    /// The largest body that is looked at, in bytes.
    pub const fn max_body_bytes(&self) -> usize {
        self.max_body_bytes
    }

    /// What the three header names begin with.
    pub fn header_prefix(&self) -> &str {
        &self.header_prefix.0
    }

    /// What the signature is taken to be over.
    pub const fn payload_form(&self) -> PayloadForm {
        self.payload_form
    }

    /// What the receiver calls the webhook.
    pub fn name(&self) -> Option<&str> {
        self.name.as_ref().map(|name| name.0.as_str())
    }
}
