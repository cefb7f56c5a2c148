//! A verified delivery, as Python holds it.

use std::str;

use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBytes, PyDict, PyType},
};
use twenty_webhook::{Code, Delivery as Core, DeliveryId, host::check_kept};

use crate::{
    event::Event,
    host::{aware_datetime, failed, guarded, kept},
};

/// A delivery sent by someone who has the secret, within the tolerance, holding what they signed. `Webhook.verify` and receivers
/// make it, `from_dict` reads back one that was kept; it is immutable.
#[pyclass(frozen, module = "twenty_webhook")]
pub(crate) struct Delivery {
    /// The very bytes that were authenticated: the body or, under the form `canonical`, its canonical text.
    #[pyo3(get)]
    payload: Py<PyBytes>,
    /// The nonce header, for logs: it is not signed, so it proves nothing. `None` where it is absent or unusable.
    #[pyo3(get)]
    nonce: Option<String>,
    /// Which secret it was signed with: 0 for the first.
    #[pyo3(get)]
    secret_index: u64,
    unix_millis: u64,
    id: PyOnceLock<String>,
    event: PyOnceLock<Py<Event>>,
}

impl Delivery {
    /// Keeps the host's own `bytes` where they are what was authenticated, and the id where somebody made it before.
    pub(crate) fn new(core: &Core<'_>, carrier: &Bound<'_, PyAny>, id: Option<DeliveryId>) -> Self {
        let same = carrier.cast::<PyBytes>().ok().filter(|bytes| std::ptr::eq(bytes.as_bytes(), core.payload()));
        let payload = same.cloned().unwrap_or_else(|| PyBytes::new(carrier.py(), core.payload())).unbind();
        let (nonce, secret_index) = (core.nonce().map(str::to_owned), core.secret_index() as u64);
        let (unix_millis, id_made, event) = (core.timestamp().unix_millis(), PyOnceLock::new(), PyOnceLock::new());
        if let Some(id) = id {
            id_made.get_or_init(carrier.py(), || id.to_string());
        }
        Self { payload, nonce, secret_index, unix_millis, id: id_made, event }
    }

    /// As `to_dict` gives it, with this payload.
    fn fields<'py>(&self, payload: impl IntoPyObject<'py>, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        fields.set_item("payload", payload)?;
        fields.set_item("id", self.id(py)?)?;
        fields.set_item("timestamp", self.unix_millis)?;
        fields.set_item("nonce", &self.nonce)?;
        fields.set_item("secret_index", self.secret_index)?;
        Ok(fields)
    }
}

#[pymethods]
impl Delivery {
    /// What pickles and copies are made with: those have the payload as bytes.
    #[new]
    #[pyo3(signature = (fields, /))]
    fn of_fields(fields: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (payload, id, unix_millis, nonce, secret_index): (_, String, Option<u64>, Option<String>, Option<u64>) =
            kept(fields.py(), (fields,))?.extract()?;
        check_kept(&id, unix_millis, nonce.as_deref(), secret_index).map_err(PyTypeError::new_err)?;
        let (unix_millis, secret_index) = (unix_millis.unwrap_or_default(), secret_index.unwrap_or_default());
        let (kept_id, event) = (PyOnceLock::new(), PyOnceLock::new());
        kept_id.get_or_init(fields.py(), || id);
        Ok(Self { payload, nonce, secret_index, unix_millis, id: kept_id, event })
    }

    /// Verifies nothing: reads back what `to_dict` gave, so whoever can write that can write any event. Raises `TypeError`, which
    /// names the field, for other shapes.
    #[staticmethod]
    fn from_dict(fields: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of_fields(fields)
    }

    /// All of it in texts, numbers and `None`. Raises `WebhookError`: `payload_not_utf8` where no text holds the payload.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let payload = str::from_utf8(self.payload.as_bytes(py)).map_err(|_| failed(Code::PayloadNotUtf8))?;
        self.fields(payload, py)
    }

    /// What tells this event from every other, in hex, and the key to de-duplicate by.
    ///
    /// The SHA-256 of the payload, without the value of `eventDate` if the event names its record and the record's version
    /// (`updatedAt`): the same change sent again has the same id.
    #[getter]
    fn id(&self, py: Python<'_>) -> PyResult<&str> {
        guarded(|| Ok(self.id.get_or_init(py, || DeliveryId::of(self.payload.as_bytes(py)).to_string()).as_str()))
    }

    /// When it was sent, as the authenticated timestamp header says, in UTC.
    #[getter]
    fn timestamp<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        aware_datetime(py, (self.unix_millis,))
    }

    /// What the payload says. Never an error: an authentic payload of an unknown shape is of the kind `unknown`.
    #[getter]
    fn event(&self, py: Python<'_>) -> PyResult<&Py<Event>> {
        let read = || Py::new(py, Event::of_payload(py, self.payload.as_bytes(py))?);
        guarded(|| self.event.get_or_try_init(py, read))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, (Bound<'py, PyDict>,))> {
        let (py, delivery) = (slf.py(), slf.get());
        Ok((slf.get_type(), (delivery.fields(&delivery.payload, py)?,)))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Delivery(id='{}', payload_bytes={})", self.id(py)?, self.payload.as_bytes(py).len()))
    }
}
