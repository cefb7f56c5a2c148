//! Numbers of more digits than a double has.

use alloc::{
    boxed::Box,
    string::{String, ToString},
};
use core::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// A number with the digits it was sent with, whether as a JSON number or as a text.
///
/// It is not turned into a double on the way: micros of large amounts need more digits than one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberAsSent {
    digits: Box<str>,
    is_text: bool,
}

impl NumberAsSent {
    /// What was sent, without the quotes of a text.
    pub fn as_str(&self) -> &str {
        &self.digits
    }

    /// Whether it was sent as a text.
    pub const fn is_text(&self) -> bool {
        self.is_text
    }

    /// Its value, if it is an integer in range.
    pub fn as_i64(&self) -> Option<i64> {
        self.digits.parse().ok()
    }

    /// The nearest double, an infinity beyond the largest; `None` for a text that is not written as JSON writes numbers.
    pub fn as_f64(&self) -> Option<f64> {
        crate::canonical::to_double(&self.digits)
    }
}

impl fmt::Display for NumberAsSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for NumberAsSent {
    /// Goes through the value's text: it is the same whether or not somebody's build turns on serde_json's
    /// `arbitrary_precision`, which changes how numbers reach a visitor.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        match value.get().as_bytes() {
            [b'"', ..] => {
                let text: String = serde_json::from_str(value.get()).map_err(de::Error::custom)?;
                Ok(Self { digits: text.into(), is_text: true })
            }
            [b'-' | b'0'..=b'9', ..] => Ok(Self { digits: value.get().to_string().into(), is_text: false }),
            _ => Err(de::Error::custom("expected a number or a text")),
        }
    }
}
