//! The names of members, kept from one event to the next: they recur, and a string that is kept has its hash computed.

use std::sync::{Mutex, MutexGuard};

use pyo3::{prelude::*, types::PyString};

/// The one table, for as long as one event is read.
pub(crate) struct Keys(MutexGuard<'static, Table>);

type Table = [Option<Key>; SLOTS];

struct Key {
    spelling: Spelling,
    text: Py<PyString>,
}

const SLOTS: usize = 512;

static TABLE: Mutex<Table> = Mutex::new([const { None }; SLOTS]);

impl Keys {
    /// Nothing while another event is read: on another thread, or further up on this one, where reading ran Python code.
    pub(crate) fn taken() -> Option<Self> {
        TABLE.try_lock().ok().map(Self)
    }

    pub(crate) fn get<'py>(&mut self, py: Python<'py>, key: &str) -> Bound<'py, PyString> {
        let Some(spelling) = Spelling::of(key.as_bytes()) else { return PyString::new(py, key) };
        let slot = &mut self.0[spelling.slot()];
        match slot {
            Some(known) if known.spelling == spelling => known.text.bind(py).clone(),
            _ => {
                let text = PyString::new(py, key);
                *slot = Some(Key { spelling, text: text.clone().unbind() });
                text
            }
        }
    }
}

/// All of a short text, in numbers that are compared faster than text is: its words from both ends, which may overlap,
/// and its length.
#[derive(PartialEq, Eq)]
struct Spelling([u64; 4], usize);

impl Spelling {
    fn of(text: &[u8]) -> Option<Self> {
        let word = |at: usize| text.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |word| u64::from_le_bytes(*word));
        let half = |at: usize| text.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |half| u32::from_le_bytes(*half));
        let length = text.len();
        let words = match length {
            0..=3 => [text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0, 0, 0],
            4..=7 => [half(0).into(), half(length - 4).into(), 0, 0],
            8..=16 => [word(0), word(length - 8), 0, 0],
            17..=32 => [word(0), word(length - 8), word(8), word(length - 16)],
            _ => return None,
        };
        Some(Self(words, length))
    }

    /// Keys that meet in one slot only lose the gain, so this need not withstand those who make them meet.
    fn slot(&self) -> usize {
        let Self([first, last, second, last_but_one], length) = self;
        let mixed = first ^ last.rotate_left(23) ^ second.rotate_left(41) ^ last_but_one ^ *length as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % SLOTS
    }
}
