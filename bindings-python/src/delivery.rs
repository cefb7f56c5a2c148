//! A verified delivery, as Python holds it.

use pyo3::{prelude::*, sync::PyOnceLock, types::PyBytes};
use twenty_webhook::{Delivery as Core, DeliveryId};

use crate::{
    event::Event,
    host::{aware_datetime, guarded},
};

/// A delivery sent by someone who has the secret, within the tolerance.
#[pyclass(frozen, module = "twenty_webhook")]
pub(crate) struct Delivery {
    #[pyo3(get)]
    payload: Py<PyBytes>,
    #[pyo3(get)]
    nonce: Option<String>,
    #[pyo3(get)]
    secret_index: usize,
    unix_millis: u64,
    id: PyOnceLock<DeliveryId>,
    event: PyOnceLock<Py<Event>>,
}

impl Delivery {
    /// Keeps the host's own `bytes` where they are what was authenticated, and the id where somebody made it before.
    pub(crate) fn new(core: &Core<'_>, carrier: &Bound<'_, PyAny>, id: Option<DeliveryId>) -> Self {
        let same = carrier.cast::<PyBytes>().ok().filter(|bytes| std::ptr::eq(bytes.as_bytes(), core.payload()));
        let payload = same.cloned().unwrap_or_else(|| PyBytes::new(carrier.py(), core.payload())).unbind();
        let (nonce, secret_index) = (core.nonce().map(str::to_owned), core.secret_index());
        let (unix_millis, id_made, event) = (core.timestamp().unix_millis(), PyOnceLock::new(), PyOnceLock::new());
        if let Some(id) = id {
            id_made.get_or_init(carrier.py(), || id);
        }
        Self { payload, nonce, secret_index, unix_millis, id: id_made, event }
    }
}

#[pymethods]
impl Delivery {
    #[getter]
    fn id(&self, py: Python<'_>) -> PyResult<&str> {
        guarded(|| Ok(self.id.get_or_init(py, || DeliveryId::of(self.payload.as_bytes(py))).as_str()))
    }

    #[getter]
    fn timestamp<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        aware_datetime(py, (self.unix_millis,))
    }

    #[getter]
    fn event(&self, py: Python<'_>) -> PyResult<&Py<Event>> {
        let read = || Py::new(py, Event::read(py, self.payload.as_bytes(py))?);
        guarded(|| self.event.get_or_try_init(py, read))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Delivery(id={:?}, payload_bytes={})", self.id(py)?, self.payload.as_bytes(py).len()))
    }
}
