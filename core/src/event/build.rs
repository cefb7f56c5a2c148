//! An event as a host's values, made in the pass that reads the envelope.

use alloc::vec::Vec;

use super::{
    Event, JsonText, MAX_DEPTH, ValueBuilder,
    envelope::{Envelope, Field},
    json::Value,
};
use crate::json::{
    Container, Scalar, Sink, read,
    string::{Escapes, Token as StringToken},
};

impl Event<'_> {
    /// The names of its fields in JSON, in the order of [`Event::to_json`].
    pub const FIELDS: [&'static str; COUNT] = Self::NAMES;

    /// Reads a payload and makes a host's values of the event: those of [`Event::to_json_array`], in the same order,
    /// named by [`Event::FIELDS`].
    ///
    /// The payload is read once; only the whole of an event of the kind `Unknown`, and `updatedFields`, once more.
    ///
    /// # Example
    ///
    /// See [`ValueBuilder`].
    pub fn build<B: ValueBuilder>(payload: &[u8], builder: &mut B) -> [B::Value; COUNT] {
        let text = core::str::from_utf8(payload).unwrap_or_default();
        let mut reading = Reading {
            envelope: Envelope::new(text),
            values: Values::new(text, builder),
            slot: 0,
            built: [const { None }; 3],
        };
        let is_read = read(text, MAX_DEPTH, &mut reading).is_ok();
        let Reading { envelope, values, mut built, .. } = reading;
        let event = Event::of_envelope(is_read.then_some(&envelope));
        let mut values = values;
        event.fields().map(|field| match field {
            Value::Null => values.builder.null(),
            Value::Text(text) => values.builder.text(text),
            Value::Json(json) => built
                .iter_mut()
                .find(|value| value.as_ref().is_some_and(|(of, _)| core::ptr::eq(*of, json)))
                .and_then(Option::take)
                .map_or_else(|| values.read(json), |(_, value)| value),
        })
    }
}

/// What the pass asks of the envelope it fills.
impl Envelope<'_> {
    /// Whether what is read on this level is the field's value.
    fn is_reading(&self, field: Field, level: usize) -> bool {
        self.path.get(level).copied().flatten() == Some(field)
    }

    /// Where the container of this level, one of those with fields that are looked for, began.
    fn start(&self, level: usize) -> usize {
        self.starts.get(level - 1).copied().unwrap_or_default()
    }
}

/// How many fields an event has.
const COUNT: usize = Event::NAMES.len();

/// The envelope, and what was made of the fields whose values are objects.
struct Reading<'t, 'b, B: ValueBuilder> {
    envelope: Envelope<'t>,
    values: Values<'t, 'b, B>,
    /// Which of those fields is being read.
    slot: usize,
    /// Each beside the text it was made of: whether that is the field's value in the end is for the envelope to say.
    built: [Option<(&'t str, B::Value)>; SLOTS.len()],
}

const SLOTS: [Field; 3] = [Field::Record, Field::Data, Field::Properties];

impl<B: ValueBuilder> Sink for Reading<'_, '_, B> {
    fn white(&mut self, _start: usize, _end: usize) {}

    fn begin(&mut self, container: Container, start: usize, level: usize) {
        if self.values.is_open() {
            self.values.begin(container, start, level);
        } else if let Some(slot) = SLOTS.iter().position(|field| self.envelope.is_reading(*field, level - 1)) {
            if container == Container::Object {
                self.slot = slot;
                self.values.begin(container, start, level);
            }
        }
        self.envelope.begin(container, start, level);
    }

    fn end(&mut self, container: Container, end: usize, level: usize) {
        if self.values.is_open() {
            self.values.end(container, end, level);
            if !self.values.is_open() {
                let start = self.envelope.start(level);
                let value = self.values.stack.pop();
                self.built[self.slot] = value.map(|(_, value)| (&self.values.text[start..end], value));
            }
        }
        self.envelope.end(container, end, level);
    }

    fn key(&mut self, key: StringToken, level: usize) {
        if self.values.is_open() {
            self.values.key(key, level);
        }
        self.envelope.key(key, level);
    }

    fn scalar(&mut self, scalar: Scalar, level: usize) {
        if self.values.is_open() {
            self.values.scalar(scalar, level);
        }
        self.envelope.scalar(scalar, level);
    }
}

/// What a usual record needs.
const MEMBERS: usize = 64;
const LEVELS: usize = 8;

/// Values as they are made, innermost first.
struct Values<'t, 'b, B: ValueBuilder> {
    text: &'t str,
    builder: &'b mut B,
    /// What is made and has no place in a container yet, each after its key: in an array that is any.
    stack: Vec<(JsonText<'t>, B::Value)>,
    /// Of each open container the key, and where on the stack its members begin.
    open: Vec<(JsonText<'t>, usize)>,
    key: JsonText<'t>,
}

impl<'t, 'b, B: ValueBuilder> Values<'t, 'b, B> {
    fn new(text: &'t str, builder: &'b mut B) -> Self {
        Self {
            text,
            builder,
            stack: Vec::with_capacity(MEMBERS),
            open: Vec::with_capacity(LEVELS),
            key: JsonText::new("", true),
        }
    }

    /// Makes the value of a text that has been read before.
    fn read(&mut self, json: &'t str) -> B::Value {
        self.text = json;
        self.open.clear();
        self.stack.clear();
        let is_read = read(json, MAX_DEPTH, self).is_ok();
        let value = self.stack.pop().filter(|_| is_read);
        value.map_or_else(|| self.builder.null(), |(_, value)| value)
    }

    fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    fn json_text(&self, token: StringToken) -> JsonText<'t> {
        JsonText::new(&self.text[token.start..token.end], token.escapes == Escapes::None)
    }
}

impl<B: ValueBuilder> Sink for Values<'_, '_, B> {
    fn white(&mut self, _start: usize, _end: usize) {}

    fn begin(&mut self, _container: Container, _start: usize, _level: usize) {
        self.open.push((self.key, self.stack.len()));
    }

    fn end(&mut self, container: Container, _end: usize, _level: usize) {
        let Some((key, start)) = self.open.pop() else { return };
        let members = self.stack.drain(start..);
        let value = match container {
            Container::Array => self.builder.array(members.map(|(_, element)| element)),
            Container::Object => self.builder.object(members),
        };
        self.stack.push((key, value));
    }

    fn key(&mut self, key: StringToken, _level: usize) {
        self.key = self.json_text(key);
    }

    fn scalar(&mut self, scalar: Scalar, _level: usize) {
        let value = match scalar {
            Scalar::String(token) => {
                let text = self.json_text(token);
                self.builder.text(text)
            }
            Scalar::Number(token) => self.builder.number(&self.text[token.start..token.end]),
            Scalar::Literal { start, .. } => match self.text.as_bytes()[start] {
                b'n' => self.builder.null(),
                letter => self.builder.bool(letter == b't'),
            },
        };
        self.stack.push((self.key, value));
    }
}
