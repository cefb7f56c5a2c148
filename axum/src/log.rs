//! The log: events of the crate `tracing`, with the target `twenty_webhook`.
#![cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "without `tracing` there is no log"))]

use std::{error::Error, time::Duration};

use crate::ReceiverError;

pub(crate) fn error(error: &ReceiverError) {
    #[cfg(feature = "tracing")]
    if error.status() < 500 {
        tracing::warn!(target: TARGET, cause = error.source(), "{}: {error}", error.code());
    } else {
        tracing::error!(target: TARGET, cause = error.source(), "{}: {error}", error.code());
    }
}

pub(crate) fn on_error_panicked() {
    #[cfg(feature = "tracing")]
    tracing::error!(target: TARGET, "on_error panicked");
}

pub(crate) fn unreleased(key: &str, cause: &(dyn Error + 'static)) {
    #[cfg(feature = "tracing")]
    tracing::error!(
        target: TARGET,
        cause,
        "replay_store_unavailable: the claim on {key} was not released, so the event sent again counts as handled"
    );
}

pub(crate) fn slow(slow_handler: Duration) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: TARGET,
        "a handler is taking longer than {slow_handler:?}, and the sender gives up after 5s: call .background()"
    );
}

#[cfg(feature = "tracing")]
const TARGET: &str = "twenty_webhook";
