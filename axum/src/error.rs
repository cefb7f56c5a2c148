//! Why a request was refused, or a delivery was not handled.

use std::{borrow::Cow, error::Error, fmt};

use twenty_webhook::{Code, Refusal, VerifyError};

use crate::BoxError;

/// Why a request was refused, or a delivery was not handled: what [`on_error`](crate::ReceiverBuilder::on_error) is told.
///
/// It holds neither the secret nor the body, but its [`source`](Error::source) is whatever a handler or a store failed with.
///
/// # Example
///
/// ```
/// use std::error::Error as _;
/// use twenty_webhook_axum::ReceiverError;
///
/// fn describe(error: &ReceiverError) -> String {
///     let cause = error.source().map_or_else(String::new, |cause| format!(" ({cause})"));
///     format!("{} {}: {error}{cause}", error.status(), error.code())
/// }
/// ```
#[derive(Debug)]
pub struct ReceiverError {
    code: Code,
    reason: Cow<'static, str>,
    cause: Option<BoxError>,
}

impl ReceiverError {
    /// Whose reason is all that can be said of the code.
    pub(crate) fn new(code: Code, cause: impl Into<BoxError>) -> Self {
        Self { code, reason: code.meaning().into(), cause: Some(cause.into()) }
    }

    pub(crate) fn of_reason(code: Code, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code, reason: reason.into(), cause: None }
    }

    pub(crate) fn caused_by(self, cause: impl Into<BoxError>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The HTTP status of the answer.
    pub const fn status(&self) -> u16 {
        match self.code.status() {
            Some(status) => status,
            None => 500,
        }
    }
}

impl From<VerifyError> for ReceiverError {
    fn from(error: VerifyError) -> Self {
        Self::of_reason(error.code(), error.to_string())
    }
}

impl fmt::Display for ReceiverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Error for ReceiverError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as &(dyn Error + 'static))
    }
}

impl Refusal for ReceiverError {
    fn code(&self) -> Code {
        self.code
    }
}
