//! The secret shared with Twenty.

use core::fmt;

use super::invisible;
use crate::{ConfigError, mac::Key};

/// How many secrets one [`Webhook`](crate::Webhook) accepts at a time: the current one and those being rotated out.
pub const MAX_SECRETS: usize = 4;

/// The secret of a webhook, ready to use.
///
/// Only the two hash states HMAC needs are kept (RFC 2104 section 4) and zeroized on drop. They cannot be turned back into
/// the secret, but whoever reads them can sign. The text it was made from belongs to the caller. With the feature `diagnose`
/// it is kept, too, because diagnosis tries what may have changed it, and zeroized on drop.
#[derive(Clone)]
pub struct Secret {
    pub(crate) key: Key,
    #[cfg(feature = "diagnose")]
    pub(crate) text: zeroize::Zeroizing<alloc::boxed::Box<[u8]>>,
}

impl Secret {
    /// Takes the secret as Twenty shows it: its characters as UTF-8, never decoded from hex.
    ///
    /// # Errors
    ///
    /// `secret_empty`; `secret_has_whitespace` when it begins or ends with white space or U+FEFF, which is how a copied
    /// line end or byte order mark shows itself; `secret_has_invisible_characters` when it begins or ends with a control
    /// character, with one that has no width, or with U+FFFD, which is what a wrong encoding leaves behind.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret};
    ///
    /// assert!(Secret::new("9f4d2c…").is_ok());
    /// assert_eq!(Secret::new("9f4d2c…\n").unwrap_err().code(), Code::SecretHasWhitespace);
    /// assert_eq!(Secret::new("9f4d2c…\u{200b}").unwrap_err().code(), Code::SecretHasInvisibleCharacters);
    /// ```
    pub fn new(text: &str) -> Result<Self, ConfigError> {
        if text.starts_with(is_stray) || text.ends_with(is_stray) {
            return Err(ConfigError::SECRET_HAS_WHITESPACE);
        }
        if invisible::is_at_an_end_of(text) {
            return Err(ConfigError::SECRET_HAS_INVISIBLE_CHARACTERS);
        }
        Self::of_key(text.as_bytes())
    }

    /// Takes the secret's text as bytes: from a file, an environment variable, or a host whose text may be ill-formed.
    ///
    /// # Errors
    ///
    /// `secret_not_utf8`, and those of [`Secret::new`].
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret};
    ///
    /// assert!(Secret::from_utf8(b"9f4d2c").is_ok());
    /// assert_eq!(Secret::from_utf8(b"\xff").unwrap_err().code(), Code::SecretNotUtf8);
    /// ```
    pub fn from_utf8(text: &[u8]) -> Result<Self, ConfigError> {
        Self::new(core::str::from_utf8(text).map_err(|_| ConfigError::SECRET_NOT_UTF8)?)
    }

    /// Takes a key that is no text as it is, for a sender other than Twenty, whose secrets are text. Bytes that are text are
    /// judged as text, because then a line end at their end is a mistake.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::new`].
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Code, Secret};
    ///
    /// assert!(Secret::from_bytes(&[0xff; 32]).is_ok());
    /// assert_eq!(Secret::from_bytes(b"9f4d2c\n").unwrap_err().code(), Code::SecretHasWhitespace);
    /// ```
    pub fn from_bytes(key: &[u8]) -> Result<Self, ConfigError> {
        core::str::from_utf8(key).map_or_else(|_| Self::of_key(key), Self::new)
    }

    fn of_key(key: &[u8]) -> Result<Self, ConfigError> {
        if key.is_empty() {
            return Err(ConfigError::SECRET_EMPTY);
        }
        Ok(Self {
            #[cfg(feature = "diagnose")]
            text: zeroize::Zeroizing::new(key.into()),
            key: Key::new(key),
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Unicode `White_Space`, or the byte order mark, which is not.
fn is_stray(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}
