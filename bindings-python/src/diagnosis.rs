//! Why a request was refused.

use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyString};
use twenty_webhook::host::RefusedRequest;

use crate::headers::every_header;
use crate::host::{carrier, guarded, octets};
use crate::webhook::{Webhook, timestamp};

type Any<'py> = Bound<'py, PyAny>;

/// Secrets in place of the webhook's own, which may be none that a webhook takes; the method, the URL, the secrets of other webhooks.
type About = (Option<Vec<PyBackedBytes>>, Option<String>, Option<String>, Vec<PyBackedBytes>);

/// The core's JSON text.
#[pyfunction]
pub(crate) fn diagnose(
    webhook: &Bound<'_, Webhook>,
    body: &Any<'_>,
    headers: &Any<'_>,
    now: Option<&Any<'_>>,
    about: About,
) -> PyResult<String> {
    guarded(|| {
        let (py, Webhook { core, header_names }) = (webhook.py(), webhook.get());
        let carrier = carrier(body, None)?;
        let headers = every_header(headers, header_names)?;
        #[expect(clippy::cast_precision_loss, reason = "a datetime counts far fewer milliseconds than 2^53")]
        let now = timestamp(py, now)?.unix_millis() as f64;
        let (secrets, method, url, others) = about;
        let (secrets, others) = (secrets.as_deref().map(octets_of_each), octets_of_each(&others));
        let request = RefusedRequest {
            headers: &headers,
            body: octets(&carrier)?,
            is_ill_formed: body.is_instance_of::<PyString>(),
            now,
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
