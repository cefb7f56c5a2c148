//! JSON as Python's own values: those `json.loads` makes.

use pyo3::{
    prelude::*,
    types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString},
};
use twenty_webhook::host::{JsonText, ValueBuilder};

use crate::{host::number, keys::Keys};

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
        let is_float = digits.contains(['.', 'e', 'E']);
        let usual = if !is_float {
            digits.parse().ok().map(|small: i64| PyInt::new(self.py, small).into_any())
        } else if digits.len() < GREATEST_EXPONENT {
            digits.parse().ok().map(|float| PyFloat::new(self.py, float).into_any())
        } else {
            None
        };
        usual.unwrap_or_else(|| {
            let long = number(self.py, (digits,));
            self.made(long)
        })
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

/// Rust's standard library takes exponents beyond this one for endless; Python reads what has the digits to undo one.
const GREATEST_EXPONENT: usize = 655_360;
