//! What the names of the three headers begin with.

use core::str::FromStr;

use arrayvec::ArrayString;

use crate::{ConfigError, wire};

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
