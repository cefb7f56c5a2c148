//! The normalised event as JSON text: what other languages are handed.

use alloc::string::String;

use super::{Event, JsonText, Text};

impl Event<'_> {
    /// Prints the event as one JSON object with every field, in camel case, `null` where absent (`updatedFields`: `[]`).
    ///
    /// Values are spliced from the payload as they are, so numbers keep their digits and strings their escapes: nothing a
    /// JSON reader could tell apart is changed.
    ///
    /// # Example
    ///
    /// ```
    /// let event = twenty_webhook::Event::read(br#"{"eventName":"create.person","record":{"id":"7","n":1.0}}"#);
    /// assert!(event.to_json().starts_with(
    ///     r#"{"kind":"record","name":"person.created","object":"person","action":"created","record":{"id":"7","n":1.0},"#
    /// ));
    /// ```
    pub fn to_json(&self) -> String {
        let mut json = self.room();
        for (name, value) in Self::NAMES.iter().zip(self.fields()) {
            let (spelling, is_quoted) = value.spelling();
            let quote = if is_quoted { "\"" } else { "" };
            for piece in [if json.is_empty() { "{\"" } else { ",\"" }, name, "\":", quote, spelling, quote] {
                json.push_str(piece);
            }
        }
        json + "}"
    }

    /// Prints the values of [`Event::FIELDS`] in the same order as one JSON array, without their names: for a host that makes an object of
    /// its own of them. Reading it takes some hosts half as long.
    ///
    /// # Example
    ///
    /// ```
    /// let event = twenty_webhook::Event::read(br#"{"eventName":"create.person","record":{"id":"7","n":1.0}}"#);
    /// assert!(event.to_json_array().starts_with(r#"["record","person.created","person","created",{"id":"7","n":1.0},[],null,"#));
    /// ```
    #[cfg(feature = "host")]
    pub fn to_json_array(&self) -> String {
        let mut json = self.room();
        let mut is_open = false;
        // In as few pieces as can be: in WebAssembly each is a call of the host.
        for value in self.fields() {
            let (spelling, is_quoted) = value.spelling();
            json.push_str(match (json.is_empty(), is_open, is_quoted) {
                (true, _, true) => "[\"",
                (true, _, false) => "[",
                (false, true, true) => "\",\"",
                (false, true, false) => "\",",
                (false, false, true) => ",\"",
                (false, false, false) => ",",
            });
            json.push_str(spelling);
            is_open = is_quoted;
        }
        json + if is_open { "\"]" } else { "]" }
    }

    fn room(&self) -> String {
        let values = [&self.record, &self.properties, &self.payload];
        let length: usize = values.into_iter().flatten().map(|value| value.len()).sum();
        String::with_capacity(length + FRAME_BYTES)
    }
}

/// What stands for one field.
pub(super) enum Value<'e> {
    /// It is absent.
    Null,
    Text(JsonText<'e>),
    Json(&'e str),
}

impl<'e> Value<'e> {
    #[inline(always)]
    pub(super) fn of(text: Option<&'e Text<'_>>) -> Self {
        match text {
            Some(text) => Self::Text(JsonText::new(text.contents(), text.is_plain())),
            None => Self::Null,
        }
    }

    pub(super) fn json(value: Option<&'e str>) -> Self {
        value.map_or(Self::Null, Self::Json)
    }

    /// Its spelling, and whether that stands in quotes.
    const fn spelling(&self) -> (&'e str, bool) {
        match self {
            Self::Null => ("null", false),
            Self::Text(text) => (text.contents(), true),
            Self::Json(value) => (value, false),
        }
    }
}

/// Enough for the names of the fields and the ids of a genuine event.
const FRAME_BYTES: usize = 768;
