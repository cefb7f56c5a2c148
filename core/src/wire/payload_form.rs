//! What the signature is taken to be over.

use core::{fmt, str::FromStr};

use crate::ConfigError;

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
