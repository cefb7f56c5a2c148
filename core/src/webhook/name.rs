//! What a receiver calls a webhook.

use core::str::FromStr;

use arrayvec::ArrayString;

use crate::ConfigError;

/// Checked once: it is part of keys in stores and of lines in logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WebhookName(pub(crate) ArrayString<MAX_NAME_BYTES>);

const MAX_NAME_BYTES: usize = 128;

impl FromStr for WebhookName {
    type Err = ConfigError;

    fn from_str(name: &str) -> Result<Self, ConfigError> {
        // Other languages have U+FFFD for what is no text, so two names could become one.
        let is_text = !name.is_empty() && !name.contains(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER);
        match ArrayString::from(name) {
            Ok(name) if is_text => Ok(Self(name)),
            _ => Err(ConfigError::INVALID_NAME),
        }
    }
}
