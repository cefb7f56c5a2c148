//! What a host makes of JSON: its own values instead of text.

#[cfg(feature = "host")]
use alloc::vec::Vec;

#[cfg(feature = "host")]
use crate::json::push_wtf8;

/// Makes a host's values, innermost first: an array is asked for when its elements are made, an object when its members
/// are.
///
/// Text is passed on as it was sent, so nothing is lost that the host's values can hold.
///
/// # Example
///
/// ```
/// use serde_json::{Value, json};
/// use twenty_webhook::{Event, host::{JsonText, ValueBuilder}};
///
/// struct Values;
///
/// impl ValueBuilder for Values {
///     type Value = Value;
///
///     fn null(&mut self) -> Value {
///         Value::Null
///     }
///     fn bool(&mut self, value: bool) -> Value {
///         value.into()
///     }
///     fn number(&mut self, digits: &str) -> Value {
///         digits.parse().map_or(Value::Null, Value::Number)
///     }
///     fn text(&mut self, text: JsonText<'_>) -> Value {
///         let mut bytes = Vec::new();
///         text.push_wtf8(&mut bytes);
///         String::from_utf8_lossy(&bytes).into()
///     }
///     fn array(&mut self, elements: impl ExactSizeIterator<Item = Value>) -> Value {
///         elements.collect()
///     }
///     fn object<'t>(&mut self, members: impl ExactSizeIterator<Item = (JsonText<'t>, Value)>) -> Value {
///         members.map(|(key, value)| (key.contents().to_owned(), value)).collect()
///     }
/// }
///
/// let payload = br#"{"eventName":"create.person","record":{"id":"7","tags":["\u00e9",1]}}"#;
/// let [kind, name, _, _, record, ..] = Event::build(payload, &mut Values);
/// assert_eq!((kind, name), (json!("record"), json!("person.created")));
/// assert_eq!(record, json!({"id": "7", "tags": ["é", 1]}));
/// ```
#[cfg(feature = "host")]
pub trait ValueBuilder {
    /// What it makes.
    type Value;

    /// `null`, and what is absent.
    fn null(&mut self) -> Self::Value;

    /// `true` or `false`.
    fn bool(&mut self, value: bool) -> Self::Value;

    /// A number, as RFC 8259 spells it.
    fn number(&mut self, digits: &str) -> Self::Value;

    /// A string.
    fn text(&mut self, text: JsonText<'_>) -> Self::Value;

    /// An array of these elements.
    fn array(&mut self, elements: impl ExactSizeIterator<Item = Self::Value>) -> Self::Value;

    /// An object of these members, in the order in which they were sent. Of a repeated key the last counts.
    fn object<'t>(&mut self, members: impl ExactSizeIterator<Item = (JsonText<'t>, Self::Value)>) -> Self::Value;
}

/// A string of a JSON text that has been read, as it is spelt there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonText<'t> {
    contents: &'t str,
    is_plain: bool,
}

impl<'t> JsonText<'t> {
    pub(crate) const fn new(contents: &'t str, is_plain: bool) -> Self {
        Self { contents, is_plain }
    }

    /// Everything between the quotes.
    pub const fn contents(self) -> &'t str {
        self.contents
    }

    /// Whether the contents are the text itself, without escapes.
    pub const fn is_plain(self) -> bool {
        self.is_plain
    }

    /// Appends what the contents stand for, and tells whether that is UTF-8. Unpaired surrogates, which JSON can spell
    /// and UTF-8 cannot, are in generalised UTF-8 (WTF-8): three bytes each, as any other character of their size.
    ///
    /// # Example
    ///
    /// See [`ValueBuilder`].
    #[cfg(feature = "host")]
    pub fn push_wtf8(self, bytes: &mut Vec<u8>) -> bool {
        if self.is_plain {
            bytes.extend_from_slice(self.contents.as_bytes());
            return true;
        }
        push_wtf8(self.contents, bytes)
    }
}
