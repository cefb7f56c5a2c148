//! A verified delivery, as Python holds it.

use std::str;

use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyBytes, PyDict, PyInt, PyString, PyType},
};
use twenty_webhook::{Code, Delivery as Core, DeliveryId, host::check_kept};

use crate::{
    event::Event,
    host::{aware_datetime, failure, guarded},
};

/// A delivery sent by someone who has the secret, within the tolerance.
#[pyclass(frozen, module = "twenty_webhook")]
pub(crate) struct Delivery {
    #[pyo3(get)]
    payload: Py<PyBytes>,
    #[pyo3(get)]
    nonce: Option<String>,
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
        let Ok(fields) = fields.cast::<PyDict>() else {
            let of = fields.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "a delivery is read from the dict that to_dict gave, not from {of}"
            )));
        };
        let payload = payload(fields.py(), fields.get_item("payload")?)?;
        let [id, nonce] = ["id", "nonce"].map(|name| fields.get_item(name).map(|value| text(value.as_ref())));
        let [unix_millis, secret_index] = ["timestamp", "secret_index"].map(|name| fields.get_item(name).map(whole));
        let (id, nonce, unix_millis, secret_index) = (id?.unwrap_or_default(), nonce?, unix_millis?, secret_index?);
        check_kept(&id, unix_millis, nonce.as_deref(), secret_index).map_err(PyTypeError::new_err)?;
        let (unix_millis, secret_index) = (unix_millis.unwrap_or_default(), secret_index.unwrap_or_default());
        let (kept_id, event) = (PyOnceLock::new(), PyOnceLock::new());
        kept_id.get_or_init(fields.py(), || id);
        Ok(Self { payload, nonce, secret_index, unix_millis, id: kept_id, event })
    }

    /// Verifies nothing: whoever can write what this reads can write any event.
    #[staticmethod]
    fn from_dict(fields: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of_fields(fields)
    }

    /// All of it, in texts and numbers.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let payload = str::from_utf8(self.payload.as_bytes(py))
            .map_err(|_| failure(&Code::PayloadNotUtf8.meaning(), Code::PayloadNotUtf8, None))?;
        self.fields(payload, py)
    }

    #[getter]
    fn id(&self, py: Python<'_>) -> PyResult<&str> {
        guarded(|| Ok(self.id.get_or_init(py, || DeliveryId::of(self.payload.as_bytes(py)).to_string()).as_str()))
    }

    #[getter]
    fn timestamp<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        aware_datetime(py, (self.unix_millis,))
    }

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
        Ok(format!("Delivery(id={:?}, payload_bytes={})", self.id(py)?, self.payload.as_bytes(py).len()))
    }
}

fn payload(py: Python<'_>, value: Option<Bound<'_, PyAny>>) -> PyResult<Py<PyBytes>> {
    let value = value.unwrap_or_else(|| py.None().into_bound(py));
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(bytes.clone().unbind());
    }
    let text = value.cast::<PyString>().ok().and_then(|text| text.to_str().ok());
    let text = text.ok_or_else(|| PyTypeError::new_err("payload must be text without unpaired surrogates"))?;
    Ok(PyBytes::new(py, text.as_bytes()).unbind())
}

/// `None` for `None`; what is of another type, or missing, the core refuses as it refuses empty text.
fn text(value: Option<&Bound<'_, PyAny>>) -> Option<String> {
    let is_none = value.is_some_and(PyAnyMethods::is_none);
    let text = value.and_then(|value| Some(value.cast::<PyString>().ok()?.to_str().ok()?.to_owned()));
    (!is_none).then(|| text.unwrap_or_default())
}

fn whole(value: Option<Bound<'_, PyAny>>) -> Option<u64> {
    let value = value.filter(|value| value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>())?;
    value.extract().ok()
}
