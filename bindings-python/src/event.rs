//! What a payload says, as Python holds it.

use pyo3::{
    PyTraverseError, PyVisit,
    exceptions::PyTypeError,
    prelude::*,
    types::{PyDict, PyString, PyType},
};
use twenty_webhook::{Event as Core, EventKind};

use crate::{
    host::{guarded, spelt},
    values::Values,
};

macro_rules! event {
    ($($(#[doc = $doc:literal])+ $name:ident)*) => {
        /// What a payload says: which event, of which object, and the record. `Delivery.event` makes it; it is immutable.
        ///
        /// Absent fields are `None`. `record`, `properties` and `payload` are plain dictionaries and lists, as `json.loads`
        /// makes them; numbers keep the type they were sent in.
        #[pyclass(frozen, get_all, module = "twenty_webhook")]
        pub(crate) struct Event {
            $($(#[doc = $doc])+ $name: Py<PyAny>,)*
        }

        impl Event {
            pub(crate) fn read(py: Python<'_>, payload: &[u8]) -> PyResult<Self> {
                let mut values = Values::new(py);
                let [$($name),*] = Core::build(payload, &mut values).map(Bound::unbind);
                values.finish()?;
                Ok(Self { $($name),* })
            }

            fn of(fields: &Bound<'_, PyDict>) -> PyResult<Self> {
                let [$($name),*] = Core::FIELDS.map(|name| fields.as_any().get_item(name));
                Ok(Self { $($name: $name?.unbind()),* })
            }

            fn fields(&self) -> [&Py<PyAny>; Core::FIELDS.len()] {
                [$(&self.$name),*]
            }
        }
    };
}

// In the order of the core.
event! {
    /// Whether something happened to a record, to the workspace's data model, or nobody knows yet what.
    kind
    /// Today's name, such as `person.created`, whatever era the payload is of.
    name
    /// The first part of a record event's name: `person`, or a custom object.
    object
    /// `created`, `updated`, `deleted`, `destroyed`, `restored`, `upserted`, or what newer versions send.
    action
    /// The record after the change, or before it for `destroyed`.
    record
    /// The names of the changed fields; empty where the payload has none.
    updated_fields
    /// When it happened, as sent. Freshness is judged by `Delivery.timestamp`, never by this.
    occurred_at
    /// The workspace it happened in.
    workspace_id
    /// The subscription: the same on every delivery, so nothing to de-duplicate by.
    webhook_id
    /// Who did it; absent for API keys and the system.
    user_id
    /// The same person as a member of the workspace; absent likewise.
    workspace_member_id
    /// The definition of the record's object.
    object_metadata_id
    /// The address it was sent to, with whatever token is in it.
    target_url
    /// What kind of metadata a metadata event is about.
    metadata_name
    /// The record's id, or that of the metadata.
    record_id
    /// A metadata event's `before`, `after`, `updatedFields`, `diff`.
    properties
    /// The parsed whole of an unknown event; `None` for what is not JSON.
    payload
}

#[pymethods]
impl Event {
    /// What pickles and copies are made with.
    #[new]
    #[pyo3(signature = (fields, /))]
    fn new(fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        Self::of(fields)
    }

    /// The same record for type checkers: `event.record_as(Person)`, with a `TypedDict`. Nothing is checked.
    #[expect(unused_variables, reason = "it is the type checker's")]
    fn record_as(&self, shape: &Bound<'_, PyAny>) -> &Py<PyAny> {
        &self.record
    }

    /// Whether it matches a pattern: `person.created`, `person.*`, `*.created`, `*.*`, `metadata.*.*`.
    fn matches(&self, pattern: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = pattern.py();
        let Ok(pattern) = pattern.cast::<PyString>() else {
            return Err(PyTypeError::new_err(format!("a pattern must be a str, not {}", pattern.get_type().name()?)));
        };
        let kind: EventKind = self.kind.bind(py).cast::<PyString>()?.to_str()?.parse()?;
        guarded(|| match self.name.bind(py).cast::<PyString>() {
            Ok(name) => {
                let [name, pattern] = spelt([name, pattern])?;
                Ok(kind.matches(Some(&name), &pattern))
            }
            Err(_) => Ok(kind.matches(None, &spelt([pattern])?[0])),
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let [kind, name, id] = [&self.kind, &self.name, &self.record_id].map(|field| field.bind(py).repr());
        Ok(format!("Event(kind={}, name={}, record_id={})", kind?, name?, id?))
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        for (own, others) in self.fields().into_iter().zip(other.fields()) {
            if !own.is(others) && !own.bind(py).eq(others)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, (Bound<'py, PyDict>,))> {
        let fields = PyDict::new(slf.py());
        for (name, value) in Core::FIELDS.into_iter().zip(slf.get().fields()) {
            fields.set_item(name, value)?;
        }
        Ok((slf.get_type(), (fields,)))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.fields().into_iter().try_for_each(|field| visit.call(field))
    }
}
