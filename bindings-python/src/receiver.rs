//! A receiver's rules, and the claims it keeps in memory.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::{exceptions::PyRuntimeError, prelude::*, sync::MutexExt, types::PyTuple};
use twenty_webhook::{
    host::ReceiverSettings,
    receiver::{MemoryClaims as Claims, RequestHead, Rules},
};

use crate::exchange::{Exchange, Wants};
use crate::host::{carrier, failed, guarded, octets};
use crate::webhook::Webhook;

type Field<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// What is the same for each request of one receiver.
#[pyclass(frozen, module = "twenty_webhook._core")]
pub(crate) struct Receiver {
    rules: Arc<Rules>,
    diagnoses: bool,
}

#[pymethods]
impl Receiver {
    /// One pattern for each handler, or `None` for one handler that gets everything; no webhook where each request's is found
    /// late. What else is `None` is the core's default.
    #[new]
    #[expect(clippy::too_many_arguments, reason = "they are the options of the package's receivers")]
    fn new(
        webhook: Option<&Webhook>,
        patterns: Option<Vec<String>>,
        namespace: Option<String>,
        ttl_seconds: Option<f64>,
        body_timeout_millis: Option<f64>,
        on_store_failure: Option<String>,
        has_no_store: bool,
        is_background: bool,
        diagnoses: bool,
    ) -> PyResult<Self> {
        let rules = ReceiverSettings {
            patterns,
            namespace,
            ttl_seconds,
            body_timeout_millis,
            on_store_failure,
            has_no_store,
            is_background,
            diagnoses,
        };
        let rules = rules.rules().map_err(failed)?;
        if let Some(webhook) = webhook {
            rules.lifetimes(webhook.core.options()).map_err(failed)?;
        }
        Ok(Self { rules: Arc::new(rules), diagnoses })
    }

    /// What is likely a mistake in the patterns, a sentence each.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.rules.routes().warnings()
    }

    /// How much of a refused body is worth reading so that the connection can be used again.
    #[getter]
    fn leftover_bytes(&self) -> usize {
        self.rules.limits().leftover_bytes
    }

    /// For how many seconds a claim that is late is waited for.
    #[getter]
    fn late_claim(&self) -> f64 {
        self.rules.limits().late_claim_timeout.as_secs_f64()
    }

    /// Begins an exchange with what a request says of itself. What is not wanted is not told: lines of the level `DEBUG`,
    /// outcomes that are no line.
    fn begin<'py>(
        &self,
        py: Python<'py>,
        method: &str,
        content_encoding: Field<'_, 'py>,
        content_length: Field<'_, 'py>,
        wants_debug: bool,
        wants_outcomes: bool,
    ) -> PyResult<(Exchange, Bound<'py, PyTuple>)> {
        let wants = Wants { debug: wants_debug, outcomes: wants_outcomes, diagnoses: self.diagnoses };
        with_head(method, [content_encoding, content_length], |head| {
            Exchange::begin(py, Arc::clone(&self.rules), head, wants)
        })
    }
}

/// A request's method, and the values of its `Content-Encoding` and `Content-Length`, as the core reads them.
pub(crate) fn with_head<T>(
    method: &str,
    [encoding, length]: [Field<'_, '_>; 2],
    judge: impl FnOnce(&RequestHead<'_>) -> PyResult<T>,
) -> PyResult<T> {
    guarded(|| {
        let encoding = encoding.map(|value| carrier(value, None)).transpose()?;
        let length = length.map(|value| carrier(value, None)).transpose()?;
        let content_encoding = encoding.as_ref().map(octets).transpose()?;
        let content_length = length.as_ref().map(octets).transpose()?;
        judge(&RequestHead { method, content_encoding, content_length })
    })
}

/// The claims of a store in memory. Its clock counts seconds, and only goes forward.
#[pyclass(frozen, module = "twenty_webhook._core")]
pub(crate) struct MemoryClaims(Mutex<Claims>);

#[pymethods]
impl MemoryClaims {
    #[new]
    fn new(max_entries: Option<std::num::NonZeroUsize>) -> Self {
        Self(Mutex::new(max_entries.map_or_else(Claims::default, Claims::with_max_entries)))
    }

    fn claim(&self, py: Python<'_>, key: &str, ttl: f64, window: f64, now: f64) -> PyResult<Option<String>> {
        let [ttl, window, now] = [ttl, window, now].map(seconds);
        let claim = || self.ask(py, |claims| claims.claim(key, ttl, window, now));
        guarded(|| claim().map_err(|full| PyRuntimeError::new_err(full.to_string())))
    }

    fn release(&self, py: Python<'_>, key: &str, token: &str) {
        self.ask(py, |claims| claims.release(key, token));
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.ask(py, |claims| claims.len())
    }
}

impl MemoryClaims {
    fn ask<T>(&self, py: Python<'_>, ask: impl FnOnce(&mut Claims) -> T) -> T {
        ask(&mut self.0.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whatever is beyond counting lasts as long as counting goes; what is less than nothing is nothing.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX)
}
