//! Why a request was refused.

use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyString};
use twenty_webhook::host::RefusedRequest;

use crate::headers::every_header;
use crate::host::{carrier, guarded, octets};
use crate::webhook::{Webhook, timestamp};

type Any<'py> = Bound<'py, PyAny>;

/// The core's JSON text. Secrets, which may be none that a webhook takes, take the place of the webhook's own. Last come the
/// method, the URL and the secrets of other webhooks.
#[pyfunction]
pub(crate) fn diagnose(
    webhook: &Bound<'_, Webhook>,
    secrets: Option<Vec<PyBackedBytes>>,
    body: &Any<'_>,
    headers: &Any<'_>,
    now: Option<&Any<'_>>,
    about: (Option<String>, Option<String>, Vec<PyBackedBytes>),
) -> PyResult<String> {
    guarded(|| {
        let (py, Webhook { core, header_names }) = (webhook.py(), webhook.get());
        let carrier = carrier(body, None)?;
        let (headers, now) = (every_header(headers, header_names)?, timestamp(py, now)?);
        let (method, url, others) = about;
        let (secrets, others) = (secrets.as_deref().map(octets_of_each), octets_of_each(&others));
        let request = RefusedRequest {
            headers: &headers,
            body: octets(&carrier)?,
            is_ill_formed: body.is_instance_of::<PyString>(),
            now: now.unix_millis() as f64,
            method: method.as_deref(),
            url: url.as_deref(),
            others: &others,
        };
        Ok(py.detach(|| request.diagnose(core, secrets.as_deref())))
    })
}

fn octets_of_each(secrets: &[PyBackedBytes]) -> Vec<&[u8]> {
    secrets.iter().map(|secret| &**secret).collect()
}

#[pyfunction]
pub(crate) fn fingerprint(secret: &[u8]) -> String {
    twenty_webhook::diagnose::fingerprint(secret)
}
