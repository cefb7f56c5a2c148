//! Why a request was refused, or a delivery was not handled.

use std::{error::Error, fmt};

use twenty_webhook::{
    Code, Refusal,
    receiver::{Notice, Outcome},
};

use crate::{BoxError, task::guarded};

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
    notice: Notice,
    cause: Option<BoxError>,
}

impl ReceiverError {
    pub(crate) fn new(code: Code, notice: Notice, causes: &mut Causes) -> Self {
        let cause = notice.cause.as_deref().map(|words| causes.take(words));
        Self { code, notice, cause }
    }

    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The HTTP status of the answer.
    pub const fn status(&self) -> u16 {
        Outcome::Failed(self.code).status()
    }
}

impl fmt::Display for ReceiverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.notice.reason)
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

/// What the user's code has failed with, until `on_error` gets it. The machine is told the words.
#[derive(Default)]
pub(crate) struct Causes(Vec<(String, BoxError)>);

impl Causes {
    /// The words of an error and of all that caused it.
    pub(crate) fn keep(&mut self, error: BoxError) -> Option<String> {
        let words = guarded(|| words(&*error)).unwrap_or_else(|panic| panic.to_string());
        self.0.push((words.clone(), error));
        (!words.is_empty()).then_some(words)
    }

    fn take(&mut self, words: &str) -> BoxError {
        let known = self.0.iter().position(|(known, _)| known == words);
        known.map_or_else(|| words.into(), |at| self.0.remove(at).1)
    }
}

fn words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let deeper = error.to_string();
        // Many repeat their cause.
        if !words.contains(&deeper) {
            words = format!("{words}: {deeper}");
        }
        cause = error.source();
    }
    words
}
