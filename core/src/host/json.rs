//! JSON for what crosses seldom: one text instead of an object of each host's own kind.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::canonical::quoted_pieces;

/// An object whose members are written one after the other.
pub(super) struct Object(String);

impl Object {
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    /// A member that is left out where there is none.
    pub(super) fn text(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.raw(name, &quoted(value)),
            None => self,
        }
    }

    /// A member that is there in any case.
    pub(super) fn nullable(self, name: &str, value: Option<&str>) -> Self {
        self.raw(name, &value.map_or_else(|| "null".into(), quoted))
    }

    pub(super) fn number(self, name: &str, value: u64) -> Self {
        self.raw(name, &value.to_string())
    }

    /// A member whose value is JSON already.
    pub(super) fn raw(mut self, name: &str, value: &str) -> Self {
        for piece in [if self.0.is_empty() { "{" } else { "," }, &quoted(name), ":", value] {
            self.0 += piece;
        }
        self
    }

    pub(super) fn end(mut self) -> String {
        self.0 += if self.0.is_empty() { "{}" } else { "}" };
        self.0
    }
}

pub(super) fn array(items: impl IntoIterator<Item = String>) -> String {
    let mut array = String::from("[");
    for item in items {
        array += if array.len() > 1 { "," } else { "" };
        array += &item;
    }
    array + "]"
}

pub(super) fn quoted(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    quoted_pieces(text.as_bytes(), |piece| bytes.extend_from_slice(piece));
    String::from_utf8(bytes).unwrap_or_default()
}
