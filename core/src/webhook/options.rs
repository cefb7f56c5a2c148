//! The options of a [`Webhook`](crate::Webhook) and their defaults.

use core::{fmt, str::FromStr, time::Duration};

use arrayvec::ArrayString;

use crate::{ConfigError, wire};

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
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub(crate) tolerance_millis: u64,
    pub(crate) max_body_bytes: usize,
    pub(crate) header_prefix: HeaderPrefix,
    pub(crate) payload_form: PayloadForm,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tolerance_millis: 5 * 60 * 1000,
            max_body_bytes: 1024 * 1024,
            header_prefix: HeaderPrefix::default(),
            payload_form: PayloadForm::default(),
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
}

/// What the signature is taken to be over. No form is ever tried in place of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayloadForm {
    /// The bytes as received: what Twenty signs.
    #[default]
    Raw,
    /// The body parsed and printed again as `JSON.stringify` prints it: for a receiver behind something that
    /// re-serialises.
    #[cfg(feature = "alloc")]
    Canonical,
    /// The body's text quoted once more as a JSON string: Twenty's documented example taken literally, which no server
    /// sends but scripts written from the documentation do.
    #[cfg(feature = "alloc")]
    JsonString,
}

impl PayloadForm {
    /// Every form, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Raw,
        #[cfg(feature = "alloc")]
        Self::Canonical,
        #[cfg(feature = "alloc")]
        Self::JsonString,
    ];

    /// Its name in configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            #[cfg(feature = "alloc")]
            Self::Canonical => "canonical",
            #[cfg(feature = "alloc")]
            Self::JsonString => "json_string",
        }
    }
}

impl fmt::Display for PayloadForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads its name; `jsonString`, JavaScript's spelling, is taken too. Else `invalid_payload_form`.
impl FromStr for PayloadForm {
    type Err = ConfigError;

    fn from_str(name: &str) -> Result<Self, ConfigError> {
        let name = if name == "jsonString" { "json_string" } else { name };
        Self::ALL.iter().copied().find(|form| form.as_str() == name).ok_or(ConfigError::INVALID_PAYLOAD_FORM)
    }
}

/// What the header names begin with: checked once, so that no request can meet a bad one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeaderPrefix(pub(crate) ArrayString<MAX_PREFIX_BYTES>);

pub(crate) const MAX_PREFIX_BYTES: usize = 64;

impl Default for HeaderPrefix {
    fn default() -> Self {
        let mut prefix = ArrayString::new();
        prefix.push_str(wire::DEFAULT_HEADER_PREFIX);
        Self(prefix)
    }
}

impl FromStr for HeaderPrefix {
    type Err = ConfigError;

    fn from_str(prefix: &str) -> Result<Self, ConfigError> {
        let is_name = prefix.ends_with('-') && prefix.bytes().all(is_token_octet);
        match ArrayString::from(prefix) {
            Ok(prefix) if is_name => Ok(Self(prefix)),
            _ => Err(ConfigError::INVALID_HEADER_PREFIX),
        }
    }
}

/// RFC 9110 section 5.6.2, `tchar`.
const fn is_token_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(
            octet,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}
