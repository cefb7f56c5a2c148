//! The headers of a request, in the shapes frameworks have them in.

use pyo3::{
    prelude::*,
    pybacked::{PyBackedBytes, PyBackedStr},
    sync::critical_section::with_critical_section,
    types::{PyBytes, PyDict, PyList, PyString, PyTuple},
};
use twenty_webhook::{Headers, MAX_HEADER_VALUE_BYTES, host::HeaderNames};

use crate::host::pairs;

/// The values of the headers that count, each with its name's number. Where there are none, the names of all headers: they may
/// have another prefix.
#[derive(Default)]
pub(crate) struct Found {
    values: Vec<(usize, Value)>,
    names: Vec<String>,
}

impl Headers for Found {
    /// Shows no values: those that count are found already.
    fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
        self.names.iter().for_each(|name| visitor(name.as_bytes(), b""));
    }

    fn visit_named<'h>(&'h self, _names: &HeaderNames<'_>, mut visitor: impl FnMut(usize, &'h [u8])) {
        for (number, value) in &self.values {
            visitor(*number, value.octets());
        }
    }
}

type Values = Vec<(usize, Value)>;

enum Value {
    Text(PyBackedStr),
    Octets(PyBackedBytes),
    Copied(Vec<u8>),
}

impl Value {
    fn octets(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Octets(octets) => octets,
            Self::Copied(octets) => octets,
        }
    }
}

/// Every header of one of these names: what is repeated is for the core to say.
pub(crate) fn headers(headers: &Bound<'_, PyAny>, names: &[String; 3]) -> PyResult<Found> {
    let usual = if let Ok(dict) = headers.cast_exact::<PyDict>() {
        with_critical_section(dict, || of_dict(dict, names))
    } else if let Ok(list) = headers.cast_exact::<PyList>() {
        with_critical_section(list, || of_octets(list, names))
    } else {
        None
    };
    let mut found = Found { values: usual.map_or_else(|| walked(headers, names), Ok)?, names: Vec::new() };
    if found.values.is_empty() {
        // They were read, and what is said of their names is a hint.
        let every = every_header(headers, names).unwrap_or_default();
        found.names = every.into_iter().step_by(2).take(MOST_NAMES).collect();
    }
    Ok(found)
}

const MOST_NAMES: usize = 200;

/// The short ways run no Python code, so nothing changes the container meanwhile. They give up where anything is unusual.
///
/// Of a dictionary, also a WSGI environ (PEP 3333).
fn of_dict(headers: &Bound<'_, PyDict>, names: &[String; 3]) -> Option<Values> {
    let mut found = Vec::with_capacity(names.len());
    for (name, value) in headers {
        let name = name.cast_exact::<PyString>().ok()?;
        let text = name.to_str().ok()?.as_bytes();
        if let Some(number) = names.iter().position(|wanted| is_name(text, wanted) || is_environ_name(text, wanted)) {
            let value = value.cast_into_exact::<PyString>().ok()?;
            value.len().ok().filter(|length| *length <= MAX_HEADER_VALUE_BYTES)?;
            found.push((number, Value::Text(value.try_into().ok()?)));
        }
    }
    Some(found)
}

/// Of the list of pairs of bytes that ASGI has.
fn of_octets(headers: &Bound<'_, PyList>, names: &[String; 3]) -> Option<Values> {
    let mut found = Vec::with_capacity(names.len());
    for pair in headers {
        let pair = pair.cast_exact::<PyTuple>().ok().filter(|pair| pair.len() == 2)?;
        let (name, value) = (pair.get_borrowed_item(0).ok()?, pair.get_borrowed_item(1).ok()?);
        let name = name.cast_exact::<PyBytes>().ok()?;
        if let Some(number) = names.iter().position(|wanted| is_name(name.as_bytes(), wanted)) {
            let value = value.cast_exact::<PyBytes>().ok()?.to_owned();
            found.push((number, Value::Octets(value.into())));
        }
    }
    Some(found)
}

fn is_name(name: &[u8], wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted.as_bytes())
}

fn is_environ_name(name: &[u8], wanted: &str) -> bool {
    let Some((start, rest)) = name.split_at_checked(ENVIRON.len()) else { return false };
    let is_octet =
        |(octet, wanted): (&u8, u8)| octet.eq_ignore_ascii_case(if wanted == b'-' { &b'_' } else { &wanted });
    rest.len() == wanted.len() && start.eq_ignore_ascii_case(ENVIRON) && rest.iter().zip(wanted.bytes()).all(is_octet)
}

const ENVIRON: &[u8] = b"HTTP_";

/// Of anything else, by the package's Python code.
fn walked(headers: &Bound<'_, PyAny>, names: &[String; 3]) -> PyResult<Values> {
    let found: Vec<(PyBackedStr, Vec<u8>)> =
        pairs(headers.py(), (headers, names, MAX_HEADER_VALUE_BYTES, false))?.extract()?;
    let with_name = |(name, value): (PyBackedStr, Vec<u8>)| {
        Some((names.iter().position(|wanted| **wanted == *name)?, Value::Copied(value)))
    };
    Ok(found.into_iter().filter_map(with_name).collect())
}

/// All of them, names and values alternating, where they are text. What is not UTF-8 is none that the core knows.
pub(crate) fn every_header(headers: &Bound<'_, PyAny>, names: &[String; 3]) -> PyResult<Vec<String>> {
    let found: Vec<(String, Vec<u8>)> =
        pairs(headers.py(), (headers, names, MAX_HEADER_VALUE_BYTES, true))?.extract()?;
    let texts = |(name, value): (String, Vec<u8>)| [name, String::from_utf8_lossy(&value).into_owned()];
    Ok(found.into_iter().flat_map(texts).collect())
}
