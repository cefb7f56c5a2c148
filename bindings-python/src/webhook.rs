//! Verification and signing.

use std::sync::Arc;

use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyString};
use twenty_webhook::{ConfigError, Secret, SignError, Timestamp, VerifyError, Webhook as Core, host::Settings};

use crate::delivery::Delivery;
use crate::headers::headers as request_headers;
use crate::host::{WebhookVerificationError, carrier, failed, guarded, now, octets, unix_millis};

/// The base of the package's class, which makes its arguments.
#[pyclass(frozen, subclass, module = "twenty_webhook._core")]
pub(crate) struct Webhook {
    pub(crate) core: Arc<Core>,
    pub(crate) header_names: [String; 3],
}

type Any<'py> = Bound<'py, PyAny>;
type Options = (Option<f64>, Option<f64>, Option<String>, Option<String>, Option<String>);

#[pymethods]
impl Webhook {
    /// Each secret as bytes; seconds, bytes, prefix, form and name where they were given.
    #[new]
    fn new(secrets: Vec<PyBackedBytes>, options: Options) -> PyResult<Self> {
        let make = || {
            let (tolerance_seconds, max_body_bytes, header_prefix, payload_form, name) = options;
            let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form, name };
            let secrets = secrets.into_iter().map(|secret| Secret::from_utf8(&secret));
            let core = Core::from_secrets(secrets.collect::<Result<Vec<_>, _>>()?)?.configure(&settings)?;
            Ok(Self { header_names: core.header_names().map(|name| name.to_string()), core: Arc::new(core) })
        };
        guarded(|| make().map_err(failed::<ConfigError>))
    }

    /// What it was named; `None` if it was not.
    #[getter]
    fn name(&self) -> Option<&str> {
        self.core.options().name()
    }

    /// Verifies one delivery: the body as it arrived, the request's headers, the time of its arrival (default: now).
    ///
    /// Raises `WebhookVerificationError`, in the order in which they are looked for: `payload_too_large`,
    /// `repeated_header`, `missing_header`, `malformed_timestamp`, `timestamp_too_old`, `timestamp_too_new`,
    /// `malformed_signature`, `payload_not_utf8`, `payload_not_json`, `payload_too_deep`, `signature_mismatch`.
    #[pyo3(signature = (body, headers, now=None))]
    fn verify(slf: &Bound<'_, Self>, body: &Any<'_>, headers: &Any<'_>, now: Option<&Any<'_>>) -> PyResult<Delivery> {
        guarded(|| {
            let Self { core, header_names } = slf.get();
            let carrier = carrier(body, Some(slf))?;
            let (octets, headers, now) =
                (octets(&carrier)?, request_headers(headers, header_names)?, timestamp(slf.py(), now)?);
            let delivery = match octets.len() {
                _ if body.is_instance_of::<PyString>() => core.verify_text(octets, &headers, now),
                ..LONG_BYTES => core.verify(octets, &headers, now),
                _ => slf.py().detach(|| core.verify(octets, &headers, now)),
            };
            Ok(Delivery::new(&delivery.map_err(|error| refused(&error))?, &carrier, None))
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let options = self.core.options();
        let [prefix, form] =
            [options.header_prefix(), options.payload_form().as_str()].map(|text| shown(py, Some(text)));
        let (name, seconds, most) =
            (shown(py, options.name())?, options.tolerance().as_secs_f64(), options.max_body_bytes());
        Ok(format!(
            "<twenty_webhook.Webhook name={name} tolerance=timedelta(seconds={seconds}) max_body_bytes={most} \
             header_prefix={} payload_form={}>",
            prefix?, form?
        ))
    }
}

/// As Python prints it.
fn shown(py: Python<'_>, text: Option<&str>) -> PyResult<String> {
    Ok(text.into_pyobject(py)?.repr()?.to_string())
}

/// What the package's `sign` makes a dictionary of. A function, so that it is no method that users see.
#[pyfunction]
pub(crate) fn sign_pairs(
    webhook: &Bound<'_, Webhook>,
    payload: &Any<'_>,
    moment: Option<&Any<'_>>,
    nonce: &str,
) -> PyResult<Vec<(String, String)>> {
    guarded(|| {
        let sign = if payload.is_instance_of::<PyString>() { Core::sign_text } else { Core::sign };
        let (carrier, moment) = (carrier(payload, None)?, timestamp(payload.py(), moment)?);
        let octets = octets(&carrier)?;
        let signed = nonce.parse().and_then(|nonce| sign(&webhook.get().core, octets, moment, nonce));
        Ok(signed.map_err(failed::<SignError>)?.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    })
}

#[pyfunction]
pub(crate) fn check_body_length(webhook: &Bound<'_, Webhook>, length: u64) -> PyResult<()> {
    webhook.get().core.check_body_length(length).map_err(|error| refused(&error))
}

/// From here on the hash takes longer than giving up the interpreter and getting it back.
pub(crate) const LONG_BYTES: usize = 64 * 1024;

pub(crate) fn timestamp(py: Python<'_>, moment: Option<&Any<'_>>) -> PyResult<Timestamp> {
    let Some(moment) = moment else { return now(py) };
    Ok(Timestamp::from_unix_millis(unix_millis(py, (moment,))?.extract()?))
}

fn refused(error: &VerifyError) -> PyErr {
    WebhookVerificationError::new_err((error.to_string(), error.code().as_str(), error.status()))
}
