//! What a payload says, as Python holds it.

use pyo3::{
    PyTraverseError, PyVisit,
    exceptions::PyTypeError,
    prelude::*,
    types::{PyDict, PyString, PyType},
};
use twenty_webhook::{Event as Core, EventKind};

use crate::{
    host::{carrier, guarded, octets, record_as, spelt},
    values::Values,
};

macro_rules! event {
    ($($(#[doc = $doc:literal])+ $name:ident)*) => {
        /// What a payload says: which event, of which object, and the record. `Delivery.event` and `Event.read` make it; it is
        /// immutable.
        ///
        /// Absent fields are `None`. `record`, `properties` and `payload` are plain dictionaries and lists, as `json.loads`
        /// makes them; numbers keep the type they were sent in.
        #[pyclass(frozen, get_all, module = "twenty_webhook")]
        pub(crate) struct Event {
            $($(#[doc = $doc])+ $name: Py<PyAny>,)*
        }

        impl Event {
            pub(crate) fn of_payload(py: Python<'_>, payload: &[u8]) -> PyResult<Self> {
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

event! {
    // <generated> `cargo xtask generate` writes this part from schema/src/event.rs: change that, not this.
    /// Which envelope it came in: a record's, the metadata's, or one of a shape not known here.
    kind
    /// What happened: `person.created`, `metadata.objectMetadata.updated`. The names of earlier years (`create.person`,
    /// `person.create`, `person.CREATED`) are given as today's.
    name
    /// The first part of a record event's name: `person`, `company`, or a custom object.
    object
    /// The last part of the name: `created`, `updated`, `deleted`, `destroyed`, `restored`, or one not known yet.
    action
    /// The record after the change, or before it for `destroyed`.
    record
    /// The names of the top-level fields that changed; a metadata event lists them among its properties. Empty where
    /// the payload has none.
    updated_fields
    /// When the change was queued, as sent: an ISO 8601 date. All records of a batch share it, and on a busy server it
    /// can be an hour old, so it says nothing about freshness.
    occurred_at
    /// The workspace it happened in.
    workspace_id
    /// The subscription, the same for each of its deliveries: it does not tell them apart.
    webhook_id
    /// Who did it; absent for writes by API keys and by the system.
    user_id
    /// The same person as a member of the workspace; absent likewise.
    workspace_member_id
    /// The id of the object's definition.
    object_metadata_id
    /// The URL Twenty was told to deliver to, with its query: a token in there is in every payload.
    target_url
    /// What kind of metadata a metadata event is about: `objectMetadata`, `fieldMetadata`, …
    metadata_name
    /// The id of the record, or of what a metadata event is about.
    record_id
    /// What a metadata event says of the change: `before`, `after`, `updatedFields`, `diff`.
    properties
    /// The whole payload of an event of the kind `unknown`; absent where it is not JSON or is nested deeper than 256
    /// levels.
    payload
    // </generated>
}

#[pymethods]
impl Event {
    /// What pickles and copies are made with.
    #[new]
    #[pyo3(signature = (fields, /))]
    fn new(fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        Self::of(fields)
    }

    /// Verifies nothing: reads the event of a payload that was verified before.
    #[staticmethod]
    fn read(payload: &Bound<'_, PyAny>) -> PyResult<Self> {
        let carrier = carrier(payload, None)?;
        guarded(|| Self::of_payload(payload.py(), octets(&carrier)?))
    }

    /// The record with the types of a shape, `None` if there is none: `event.record_as(Person)`.
    ///
    /// With a `TypedDict` it is the same record, for type checkers: nothing is checked. A class with `model_validate`, such
    /// as a model of pydantic, validates the record, and raises its own error. Raises `TypeError` for any other shape.
    fn record_as<'py>(&self, shape: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        record_as(shape.py(), (&self.record, shape))
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
