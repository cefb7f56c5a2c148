//! The names of members, kept from one event to the next: they recur, and a string that is kept has its hash computed.

use std::sync::{Mutex, MutexGuard};

use pyo3::{prelude::*, types::PyString};

/// The one table, for as long as one event is read.
pub(crate) struct Keys(MutexGuard<'static, Table>);

type Table = [Option<Key>; SLOTS];

struct Key {
    spelling: Box<str>,
    text: Py<PyString>,
}

const SLOTS: usize = 512;
const LONGEST: usize = 64;

static TABLE: Mutex<Table> = Mutex::new([const { None }; SLOTS]);

impl Keys {
    /// Nothing while another event is read: on another thread, or further up on this one, where reading ran Python code.
    pub(crate) fn taken() -> Option<Self> {
        TABLE.try_lock().ok().map(Self)
    }

    pub(crate) fn get<'py>(&mut self, py: Python<'py>, spelling: &str) -> Bound<'py, PyString> {
        if spelling.len() > LONGEST {
            return PyString::new(py, spelling);
        }
        let slot = &mut self.0[slot(spelling.as_bytes())];
        match slot {
            Some(key) if *key.spelling == *spelling => key.text.bind(py).clone(),
            _ => {
                let text = PyString::new(py, spelling);
                *slot = Some(Key { spelling: spelling.into(), text: text.clone().unbind() });
                text
            }
        }
    }
}

/// Names that meet in one slot only lose the gain, so this need not withstand those who make them meet.
fn slot(spelling: &[u8]) -> usize {
    let word = |chunk: Option<&[u8; 8]>| chunk.map_or(0, |chunk| u64::from_le_bytes(*chunk));
    let (first, last) = match spelling.len() {
        8.. => (word(spelling.first_chunk()), word(spelling.last_chunk())),
        _ => (spelling.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
    };
    let mixed = (first ^ last.rotate_left(29) ^ spelling.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize % SLOTS
}
