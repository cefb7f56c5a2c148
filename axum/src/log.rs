//! The log: events of the crate `tracing`, with the target `twenty_webhook`.
#![cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "without `tracing` there is no log"))]

use twenty_webhook::receiver::{Facts, Notice};

use crate::BoxError;

/// Which delivery it is about is in the event's fields, so the line does not repeat it.
pub(crate) fn notice(notice: &Notice, facts: Option<&Facts>) {
    #[cfg(feature = "tracing")]
    {
        macro_rules! event {
            ($level:ident) => {
                tracing::$level!(
                    target: TARGET,
                    webhook = facts.and_then(|facts| facts.webhook.as_deref()),
                    delivery_id = facts.map(|facts| facts.id.as_str()),
                    event_name = facts.and_then(|facts| facts.name.as_deref()),
                    record_id = facts.and_then(|facts| facts.record_id.as_deref()),
                    webhook_id = facts.and_then(|facts| facts.webhook_id.as_deref()),
                    workspace_id = facts.and_then(|facts| facts.workspace_id.as_deref()),
                    "{}",
                    notice.line(None)
                )
            };
        }
        use twenty_webhook::receiver::Level;
        match notice.level {
            Level::Debug => event!(debug),
            Level::Warn => event!(warn),
            Level::Error => event!(error),
        }
    }
}

pub(crate) fn warning(line: &str) {
    #[cfg(feature = "tracing")]
    tracing::warn!(target: TARGET, "{line}");
}

pub(crate) fn on_error_failed(panic: &BoxError) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: TARGET, "on_error failed ({panic})");
}

#[cfg(feature = "tracing")]
const TARGET: &str = "twenty_webhook";
