//! Every error: its code, its status, its wording.
//!
//! A message is one sentence that names the remedy. It never holds a secret or the expected signature, and of what was
//! received no more than a short, escaped excerpt.

#[cfg(feature = "alloc")]
mod canonicalize;
mod code;
mod verify;

use core::fmt;

#[cfg(feature = "alloc")]
pub use canonicalize::CanonicalizeError;
pub use code::Code;
pub use verify::VerifyError;
pub(crate) use verify::{Excerpt, Reason};

macro_rules! coded_error {
    ($(#[$doc:meta])* $name:ident { $($(#[$const_doc:meta])* $constant:ident = $code:ident;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(Code);

        impl $name {
            $($(#[$const_doc])* pub(crate) const $constant: Self = Self(Code::$code);)*

            /// What went wrong, as a word that programs compare.
            pub const fn code(&self) -> Code {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.meaning())
            }
        }

        impl core::error::Error for $name {}
    };
}

coded_error! {
    /// A secret or an option that cannot be used, found when the [`Webhook`](crate::Webhook) is made.
    ConfigError {
        SECRET_EMPTY = SecretEmpty;
        SECRET_HAS_WHITESPACE = SecretHasWhitespace;
        SECRET_NOT_UTF8 = SecretNotUtf8;
        TOO_MANY_SECRETS = TooManySecrets;
        INVALID_TOLERANCE = InvalidTolerance;
        INVALID_MAX_BODY_BYTES = InvalidMaxBodyBytes;
        INVALID_HEADER_PREFIX = InvalidHeaderPrefix;
        INVALID_PAYLOAD_FORM = InvalidPayloadForm;
        INVALID_TTL = InvalidTtl;
    }
}

coded_error! {
    /// A delivery that cannot be signed.
    SignError {
        INVALID_TIMESTAMP = InvalidTimestamp;
        INVALID_NONCE = InvalidNonce;
    }
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
        Self(error.code())
    }
}
