//! Every error: its code, its status, its wording.
//!
//! A message is one sentence that names the remedy. It never holds a secret or the expected signature, and of what was
//! received no more than a short, escaped excerpt.

#[cfg(feature = "alloc")]
mod canonicalize;
mod code;
mod span;
mod suspicion;
mod verify;

use core::fmt;

#[cfg(feature = "alloc")]
pub use canonicalize::CanonicalizeError;
pub use code::{Code, UnknownCode};
pub(crate) use suspicion::Suspicion;
pub use verify::VerifyError;
pub(crate) use verify::{Excerpt, Reason, SUBJECT_BYTES, Subject};

/// What the error types have in common, for who hands them on.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Refusal, Secret};
///
/// fn log(refusal: &dyn Refusal) -> String {
///     format!("{} at {:?}", refusal.code(), refusal.offset())
/// }
///
/// assert_eq!(log(&Secret::new("").unwrap_err()), "secret_empty at None");
/// # #[cfg(feature = "alloc")]
/// assert_eq!(log(&twenty_webhook::canonicalize(b"[1,]").unwrap_err()), "payload_not_json at Some(3)");
/// ```
pub trait Refusal: core::error::Error {
    /// What went wrong, as a word that programs compare.
    fn code(&self) -> Code;

    /// Where in a text, in bytes, if it is a text that was refused.
    fn offset(&self) -> Option<usize> {
        None
    }
}

impl Refusal for VerifyError {
    fn code(&self) -> Code {
        self.code()
    }
}

impl Refusal for ConfigError {
    fn code(&self) -> Code {
        self.code()
    }
}

impl Refusal for SignError {
    fn code(&self) -> Code {
        self.code()
    }

    fn offset(&self) -> Option<usize> {
        self.offset()
    }
}

#[cfg(feature = "alloc")]
impl Refusal for CanonicalizeError {
    fn code(&self) -> Code {
        self.code()
    }

    fn offset(&self) -> Option<usize> {
        Some(self.offset())
    }
}

/// A secret or an option that cannot be used, found when the [`Webhook`](crate::Webhook) is made.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Code, Secret};
///
/// let error = Secret::new("").unwrap_err();
/// assert_eq!(error.code(), Code::SecretEmpty);
/// assert_eq!(error.to_string(), "The secret is empty: pass the one that Twenty shows for the webhook.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigError(Code);

impl ConfigError {
    pub(crate) const SECRET_EMPTY: Self = Self(Code::SecretEmpty);
    pub(crate) const SECRET_HAS_WHITESPACE: Self = Self(Code::SecretHasWhitespace);
    pub(crate) const SECRET_HAS_INVISIBLE_CHARACTERS: Self = Self(Code::SecretHasInvisibleCharacters);
    pub(crate) const SECRET_NOT_UTF8: Self = Self(Code::SecretNotUtf8);
    pub(crate) const TOO_MANY_SECRETS: Self = Self(Code::TooManySecrets);
    #[cfg(feature = "host")]
    pub(crate) const INVALID_TOLERANCE: Self = Self(Code::InvalidTolerance);
    #[cfg(feature = "host")]
    pub(crate) const INVALID_MAX_BODY_BYTES: Self = Self(Code::InvalidMaxBodyBytes);
    pub(crate) const INVALID_HEADER_PREFIX: Self = Self(Code::InvalidHeaderPrefix);
    pub(crate) const INVALID_PAYLOAD_FORM: Self = Self(Code::InvalidPayloadForm);
    pub(crate) const INVALID_NAME: Self = Self(Code::InvalidName);
    #[cfg(feature = "alloc")]
    pub(crate) const INVALID_TTL: Self = Self(Code::InvalidTtl);

    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        self.0
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_with_offset(f, self.0, None)
    }
}

impl core::error::Error for ConfigError {}

/// A delivery that cannot be signed.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Code, Nonce, Secret, Timestamp, Webhook};
///
/// let webhook = Webhook::new(Secret::new("a secret").unwrap());
/// let too_late = Timestamp::from_unix_millis(10_000_000_000_000_000);
/// let error = webhook.sign(b"{}", too_late, Nonce::from_bytes([0; 16])).unwrap_err();
/// assert_eq!(error.code(), Code::InvalidTimestamp);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignError {
    code: Code,
    offset: Option<usize>,
}

impl SignError {
    pub(crate) const INVALID_TIMESTAMP: Self = Self { code: Code::InvalidTimestamp, offset: None };
    pub(crate) const INVALID_NONCE: Self = Self { code: Code::InvalidNonce, offset: None };

    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Where in the payload, in bytes, if it is the payload that cannot be signed.
    pub const fn offset(&self) -> Option<usize> {
        self.offset
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_with_offset(f, self.code, self.offset)
    }
}

impl core::error::Error for SignError {}

/// One wording for all errors, whether or not they know where.
fn write_with_offset(f: &mut fmt::Formatter<'_>, code: Code, offset: Option<usize>) -> fmt::Result {
    f.write_str(code.meaning())?;
    offset.map_or(Ok(()), |offset| write!(f, " The offence is at byte {offset}."))
}

/// See [`VerifyError`]'s.
#[cfg(not(feature = "alloc"))]
impl From<core::convert::Infallible> for SignError {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}

#[cfg(feature = "alloc")]
impl From<CanonicalizeError> for SignError {
    fn from(error: CanonicalizeError) -> Self {
        Self { code: error.code(), offset: Some(error.offset()) }
    }
}
