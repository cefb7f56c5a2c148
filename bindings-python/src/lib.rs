//! The Python face: host values become bytes and text, the core is called once, its answer becomes a host value.
//! The package's Python code has what is Python's (exceptions, events, dates) and what is rare (odd carriers).

mod delivery;
mod diagnosis;
mod event;
mod exchange;
mod headers;
mod host;
mod keys;
mod receiver;
mod values;
mod webhook;

#[pyo3::pymodule(gil_used = false)]
mod _core {
    use crate::host::{carrier, failed, guarded, octets};
    #[pymodule_export]
    use crate::{
        delivery::Delivery,
        diagnosis::{diagnose, fingerprint},
        event::Event,
        exchange::Exchange,
        receiver::{MemoryClaims, Receiver},
        webhook::{Webhook, check_body_length, sign_pairs},
    };
    use pyo3::prelude::*;
    use pyo3::types::{PyDict, PyMappingProxy, PyString};
    use twenty_webhook::{Code, DeliveryId, MAX_DEPTH, host};

    /// Prints JSON text as ECMAScript's `JSON.stringify(JSON.parse(text))` does: what Twenty signs.
    ///
    /// Raises `WebhookError` with an `offset`: `payload_not_utf8`, `payload_not_json`, `payload_too_deep`.
    #[pyfunction]
    fn canonicalize<'py>(json: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
        guarded(|| {
            let canonical = host::canonicalize_to_vec(octets(&carrier(json, None)?)?).map_err(failed)?;
            PyString::from_bytes(json.py(), &canonical)
        })
    }

    /// The `id` of the delivery with this payload, for who has kept the payload alone.
    #[pyfunction]
    fn delivery_id_of(payload: &Bound<'_, PyAny>) -> PyResult<String> {
        guarded(|| Ok(DeliveryId::of(octets(&carrier(payload, None)?)?).to_string()))
    }

    /// See the core's `host` on these.
    #[pyfunction]
    fn ask_again_after(asking: u32, since_first_millis: f64) -> f64 {
        host::ask_again_after(asking, since_first_millis)
    }

    #[pyfunction]
    fn sql_statements(first_placeholder: &str, table: Option<&str>) -> PyResult<String> {
        host::sql_statements(first_placeholder, table).map_err(failed)
    }

    #[pyfunction]
    fn sql_failure(code: &str) -> &'static str {
        host::sql_failure(code)
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let codes = PyDict::new(module.py());
        Code::ALL.iter().try_for_each(|code| codes.set_item(code.as_str(), code.status()))?;
        module.add("CODES", PyMappingProxy::new(module.py(), codes.as_mapping()))?;
        module.add("MAX_DEPTH", MAX_DEPTH)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
