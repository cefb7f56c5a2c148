//! Who is told of what was refused or failed.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::{ReceiverError, log};

type OnError = dyn Fn(&ReceiverError) + Send + Sync;

/// The log, and the function that the user gave.
#[derive(Clone, Default)]
pub(crate) struct Reporter {
    on_error: Option<Arc<OnError>>,
}

impl Reporter {
    pub(crate) fn new(on_error: impl Fn(&ReceiverError) + Send + Sync + 'static) -> Self {
        Self { on_error: Some(Arc::new(on_error)) }
    }

    pub(crate) fn report(&self, error: &ReceiverError) {
        log::error(error);
        if let Some(on_error) = &self.on_error {
            // What it has half changed when it panics is its own; the request goes on without it.
            if catch_unwind(AssertUnwindSafe(|| on_error(error))).is_err() {
                log::on_error_panicked();
            }
        }
    }
}
