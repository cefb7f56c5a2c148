//! What the host gives and takes: bytes and text, headers, exceptions, and the package's own Python code.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use pyo3::{
    call::PyCallArgs,
    exceptions::PyValueError,
    import_exception, intern,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBytes, PyString},
};
use twenty_webhook::{Code, Timestamp, host::Failure};

import_exception!(twenty_webhook._errors, WebhookError);
import_exception!(twenty_webhook._errors, WebhookVerificationError);

macro_rules! python {
    ($($module:ident: $($name:ident)*;)*) => {$($(
        pub(crate) fn $name<'py>(py: Python<'py>, arguments: impl PyCallArgs<'py>) -> PyResult<Bound<'py, PyAny>> {
            static FUNCTION: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
            FUNCTION.import(py, concat!("twenty_webhook.", stringify!($module)), stringify!($name))?.call1(arguments)
        }
    )*)*};
}
// Each module is imported when it is first needed.
python! {
    _host: copied pairs escaped kept number record_as;
    _moments: unix_millis aware_datetime;
}

/// What `time.time` says, asked through its module: who freezes time replaces what is in there.
pub(crate) fn now(py: Python<'_>) -> PyResult<Timestamp> {
    static TIME: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = TIME.get_or_try_init(py, || PyModule::import(py, intern!(py, "time")).map(Bound::unbind))?;
    let seconds: f64 = module.bind(py).getattr(intern!(py, "time"))?.call0()?.extract()?;
    let since_1970 = Duration::try_from_secs_f64(seconds).ok().and_then(|since| since.checked_add(HALF_A_MILLISECOND));
    let millis = since_1970.and_then(|since| since.as_millis().try_into().ok());
    let millis =
        millis.ok_or_else(|| PyValueError::new_err(format!("time.time gave {seconds}, which is no time since 1970")));
    Ok(Timestamp::from_unix_millis(millis?))
}

const HALF_A_MILLISECOND: Duration = Duration::from_micros(500);

/// Makes a fault of ours an exception like any other, which a `PanicException` is not.
pub(crate) fn guarded<T>(call: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    let fault = |_| Err(failed(Code::Internal));
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(fault)
}

/// What has no code is a value that cannot be meant.
pub(crate) fn failed<E: Into<Failure>>(failure: E) -> PyErr {
    let Failure { code, message, offset, .. } = failure.into();
    if code.is_empty() { PyValueError::new_err(message) } else { WebhookError::new_err((message, code, offset)) }
}

/// `bytes`, or `str` without unpaired surrogates: as passed, or copied once `judge`, a webhook, has judged the length.
pub(crate) fn carrier<'py>(
    passed: &Bound<'py, PyAny>,
    judge: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if octets(passed).is_ok() { Ok(passed.clone()) } else { copied(passed.py(), (passed, judge)) }
}

/// The carrier's very bytes, without a call of its methods.
pub(crate) fn octets<'a>(carrier: &'a Bound<'_, PyAny>) -> PyResult<&'a [u8]> {
    carrier
        .cast::<PyBytes>()
        .map(PyBytesMethods::as_bytes)
        .or_else(|_| Ok(carrier.cast::<PyString>()?.to_str()?.as_bytes()))
}

/// Texts to be compared, as UTF-8: escaped, all of them, if one holds an unpaired surrogate, so that none is taken for
/// another.
pub(crate) fn spelt<'a, const N: usize>(texts: [&'a Bound<'_, PyString>; N]) -> PyResult<[Cow<'a, str>; N]> {
    let mut spelt = [const { Cow::Borrowed("") }; N];
    let is_utf8 = texts.iter().all(|text| text.to_str().is_ok());
    for (spelt, text) in spelt.iter_mut().zip(texts) {
        *spelt = if is_utf8 { text.to_str()?.into() } else { escaped(text.py(), (text,))?.extract::<String>()?.into() };
    }
    Ok(spelt)
}
