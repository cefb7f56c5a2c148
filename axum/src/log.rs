//! The log: events of the crate `tracing`, with the target `twenty_webhook`.
#![cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "without `tracing` there is no log"))]

use twenty_webhook::receiver::{Facts, Level, Notice};

use crate::BoxError;

/// Which delivery it is about is in the event's fields, so the line does not repeat it.
pub(crate) fn notice(notice: &Notice, webhook: Option<&str>, facts: Option<&Facts>) {
    line(notice.level, || notice.line(None), webhook, facts);
}

pub(crate) fn warning(text: &str) {
    line(Level::Warn, || text.to_owned(), None, None);
}

/// A function of the user's that is told things has panicked.
pub(crate) fn told_in_vain(function: &str, panic: &BoxError, webhook: Option<&str>, facts: Option<&Facts>) {
    line(Level::Error, || format!("{function} failed ({panic})"), webhook, facts);
}

/// What a store could not clear away this time, it will the next.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(crate) fn undeleted(error: &BoxError) {
    line(
        Level::Warn,
        || format!("The claims that are gone could not be deleted from the replay store's table ({error})"),
        None,
        None,
    );
}

fn line(level: Level, text: impl FnOnce() -> String, webhook: Option<&str>, facts: Option<&Facts>) {
    #[cfg(feature = "tracing")]
    {
        macro_rules! event {
            ($level:ident) => {
                tracing::$level!(
                    target: TARGET,
                    webhook,
                    delivery_id = facts.map(|facts| facts.id.as_str()),
                    event_name = facts.and_then(|facts| facts.name.as_deref()),
                    record_id = facts.and_then(|facts| facts.record_id.as_deref()),
                    webhook_id = facts.and_then(|facts| facts.webhook_id.as_deref()),
                    workspace_id = facts.and_then(|facts| facts.workspace_id.as_deref()),
                    "{}",
                    text()
                )
            };
        }
        match level {
            Level::Debug => event!(debug),
            Level::Warn => event!(warn),
            Level::Error => event!(error),
        }
    }
}

#[cfg(feature = "tracing")]
const TARGET: &str = "twenty_webhook";
