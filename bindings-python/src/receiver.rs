//! What receivers of requests ask for beside a verification.

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use twenty_webhook::{Code, ReceiverLimits, ReplayPolicy, RequestHead};

use crate::host::{carrier, failure, guarded, octets, spelt};

type Field<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// A request's method, and the values of its `Content-Encoding` and `Content-Length`, as the core reads them.
pub(crate) fn with_head<T>(
    method: &str,
    [encoding, length]: [Field<'_, '_>; 2],
    judge: impl FnOnce(&RequestHead<'_>) -> PyResult<T>,
) -> PyResult<T> {
    let encoding = encoding.map(|value| carrier(value, None)).transpose()?;
    let length = length.map(|value| carrier(value, None)).transpose()?;
    let content_encoding = encoding.as_ref().map(octets).transpose()?;
    let content_length = length.as_ref().map(octets).transpose()?;
    judge(&RequestHead { method, content_encoding, content_length })
}

/// How long a claim lives, and how long it must at least, in seconds.
pub(crate) fn lifetimes(policy: &ReplayPolicy<&str>) -> (f64, f64) {
    (policy.ttl().as_secs_f64(), policy.window().as_secs_f64())
}

#[pyfunction]
pub(crate) fn is_pattern(pattern: &Bound<'_, PyString>) -> PyResult<bool> {
    guarded(|| Ok(twenty_webhook::is_pattern(&spelt([pattern])?[0])))
}

/// What a code means, for what the receivers find out.
#[pyfunction]
pub(crate) fn meaning(code: &str) -> PyResult<(&'static str, Option<u16>)> {
    guarded(|| {
        let code = Code::from_word(code).ok_or_else(|| failure(&"there is no such code", Code::Internal, None))?;
        Ok((code.meaning(), code.status()))
    })
}

/// How long a body may take to arrive, a handler without being logged, and a store to answer, in seconds; and how many
/// claims a store in memory holds.
pub(crate) fn limits(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let ReceiverLimits { body_timeout, slow_handler, store_timeout, memory_store_entries, .. } =
        ReceiverLimits::default();
    let [body, handler, store] = [body_timeout, slow_handler, store_timeout].map(|limit| limit.as_secs_f64());
    (body, handler, store, memory_store_entries).into_pyobject(py)
}
