//! Why a request was refused, or a delivery was not handled.

use std::{borrow::Cow, error::Error, fmt, sync::Arc};

use twenty_webhook::{
    Code, Delivery, Refusal,
    receiver::{Notice, Outcome},
};

use crate::{BoxError, Head, task::guarded};

/// Why a request was refused, or a delivery was not handled: what [`on_error`](crate::ReceiverBuilder::on_error) is told.
///
/// Its [`source`](Error::source) is whatever a handler or a store failed with. Neither its text nor its `Debug` shows a secret, a
/// record, or a header of the request.
///
/// # Example
///
/// ```
/// use std::{error::Error as _, fs};
/// use twenty_webhook_axum::ReceiverError;
///
/// fn keep(error: &ReceiverError) {
///     let cause = error.source().map_or_else(String::new, |cause| format!(" ({cause})"));
///     eprintln!("{} {}: {error}{cause}", error.status(), error.code());
///     if let Some(delivery) = error.delivery() {
///         fs::write(format!("failed/{}.json", delivery.id()), delivery.payload()).ok();
///     }
/// }
/// ```
pub struct ReceiverError {
    code: Code,
    reason: Cow<'static, str>,
    cause: Option<BoxError>,
    pub(crate) delivery: Option<Delivery<'static>>,
    head: Head,
}

impl ReceiverError {
    pub(crate) fn new(
        code: Code,
        notice: Notice,
        causes: &mut Causes,
        delivery: Option<Delivery<'static>>,
        head: &Head,
    ) -> Self {
        let cause = notice.cause.as_deref().map(|words| causes.take(words));
        Self { code, reason: notice.reason, cause, delivery, head: Arc::clone(head) }
    }

    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The HTTP status of the answer.
    pub const fn status(&self) -> u16 {
        Outcome::Failed(self.code).status()
    }

    /// The whole delivery, so that one that failed can be kept; `None` where none was verified, or where a store tells after the
    /// answer that it cannot give a claim back.
    pub const fn delivery(&self) -> Option<&Delivery<'static>> {
        self.delivery.as_ref()
    }

    /// The head of the request.
    pub const fn head(&self) -> &Head {
        &self.head
    }
}

impl fmt::Debug for ReceiverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverError")
            .field("code", &self.code)
            .field("reason", &self.reason)
            .field("cause", &self.cause)
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
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
