//! JSON as Python's own values: those `json.loads` makes.

use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString},
};
use twenty_webhook::host::{JsonText, ValueBuilder};

use crate::keys::Keys;

pub(crate) struct Values<'py> {
    py: Python<'py>,
    keys: Option<Keys>,
    buffer: Vec<u8>,
    failure: Option<PyErr>,
}

type Value<'py> = Bound<'py, PyAny>;

impl<'py> Values<'py> {
    pub(crate) fn new(py: Python<'py>) -> Self {
        Self { py, keys: Keys::taken(), buffer: Vec::new(), failure: None }
    }

    /// The first exception there was, in whose place `None` was made.
    pub(crate) fn finish(self) -> PyResult<()> {
        self.failure.map_or(Ok(()), Err)
    }

    fn made<T>(&mut self, value: PyResult<Bound<'py, T>>) -> Value<'py> {
        match value {
            Ok(value) => value.into_any(),
            Err(error) => {
                self.failure.get_or_insert(error);
                self.null()
            }
        }
    }

    fn string(&mut self, text: JsonText<'_>) -> PyResult<Bound<'py, PyString>> {
        if text.is_plain() {
            return PyString::from_bytes(self.py, text.contents().as_bytes());
        }
        self.buffer.clear();
        if text.push_wtf8(&mut self.buffer) {
            return PyString::from_bytes(self.py, &self.buffer);
        }
        PyString::from_encoded_object(&PyBytes::new(self.py, &self.buffer), Some(c"utf-8"), Some(c"surrogatepass"))
    }

    fn key(&mut self, key: JsonText<'_>) -> PyResult<Bound<'py, PyString>> {
        if let (true, Some(keys)) = (key.is_plain(), &mut self.keys) {
            return Ok(keys.get(self.py, key.contents()));
        }
        self.string(key)
    }
}

impl<'py> ValueBuilder for Values<'py> {
    type Value = Value<'py>;

    fn null(&mut self) -> Value<'py> {
        self.py.None().into_bound(self.py)
    }

    fn bool(&mut self, value: bool) -> Value<'py> {
        PyBool::new(self.py, value).to_owned().into_any()
    }

    fn number(&mut self, digits: &str) -> Value<'py> {
        if digits.contains(['.', 'e', 'E']) {
            let float = float(self.py, digits);
            return self.made(float);
        }
        if let Ok(small) = digits.parse::<i64>() {
            return PyInt::new(self.py, small).into_any();
        }
        let long = long_integer(self.py, digits);
        self.made(long)
    }

    fn text(&mut self, text: JsonText<'_>) -> Value<'py> {
        let string = self.string(text);
        self.made(string)
    }

    fn array(&mut self, elements: impl ExactSizeIterator<Item = Value<'py>>) -> Value<'py> {
        let list = PyList::new(self.py, elements);
        self.made(list)
    }

    fn object<'t>(&mut self, members: impl ExactSizeIterator<Item = (JsonText<'t>, Value<'py>)>) -> Value<'py> {
        let dict = PyDict::new(self.py);
        for (key, value) in members {
            let set = self.key(key).and_then(|key| dict.set_item(key, value));
            if let Err(error) = set {
                self.failure.get_or_insert(error);
            }
        }
        dict.into_any()
    }
}

/// Python refuses to read integers beyond some thousand digits; to other JSON readers they are doubles anyway.
fn long_integer<'py>(py: Python<'py>, digits: &str) -> PyResult<Value<'py>> {
    let integer = py.get_type::<PyInt>().call1((digits,));
    match integer {
        Err(error) if error.is_instance_of::<PyValueError>(py) => float(py, digits),
        integer => integer,
    }
}

/// Rust's standard library takes exponents beyond this one for endless; Python reads what has the digits to undo one.
fn float<'py>(py: Python<'py>, digits: &str) -> PyResult<Value<'py>> {
    const GREATEST_EXPONENT: usize = 655_360;
    match digits.parse() {
        Ok(value) if digits.len() < GREATEST_EXPONENT => Ok(PyFloat::new(py, value).into_any()),
        _ => py.get_type::<PyFloat>().call1((digits,)),
    }
}
