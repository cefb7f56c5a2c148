//! The envelope taken apart: one pass of the reader, which remembers where the known fields are.

mod field;

use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

pub(crate) use field::Field;
use field::LEVELS;

use super::Text;
use crate::json::{
    Container, Scalar, Sink, read,
    string::{Escapes, Token as StringToken},
    unescape,
};

/// Where the fields of a payload are.
pub(crate) struct Envelope<'t> {
    text: &'t str,
    places: [Option<Place>; Field::COUNT],
    /// For each level, the field whose value is being read there. The whole is at level 0; an array's elements, and
    /// members that are not looked for, are `None`.
    pub(super) path: [Option<Field>; LEVELS + 1],
    /// Where the container on each level began, from level 1.
    pub(super) starts: [usize; LEVELS + 1],
    has_several_dates: bool,
}

#[derive(Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Without escapes.
    PlainText,
    Text,
    Object,
    Array,
    Other,
}

impl<'t> Envelope<'t> {
    pub(crate) fn read(text: &'t str, max_depth: usize) -> Option<Self> {
        let mut envelope = Self::new(text);
        read(text, max_depth, &mut envelope).ok()?;
        Some(envelope)
    }

    /// Nothing of the text is read yet: it is for whoever passes on what the reader tells.
    pub(crate) const fn new(text: &'t str) -> Self {
        Self {
            text,
            places: [None; Field::COUNT],
            path: [Some(Field::Whole), None, None, None, None],
            starts: [0; LEVELS + 1],
            has_several_dates: false,
        }
    }

    pub(crate) fn text(&self, field: Field) -> Option<Text<'t>> {
        let place = self.places[field as usize]?;
        let contents = || &self.text[place.start + 1..place.end - 1];
        match place.shape {
            Shape::PlainText => Some(Text::plain(contents())),
            Shape::Text => Some(Text::of_contents(Cow::Borrowed(contents()))),
            _ => None,
        }
    }

    pub(crate) fn object(&self, field: Field) -> Option<&'t str> {
        self.value(field, Shape::Object)
    }

    pub(crate) fn array(&self, field: Field) -> Option<&'t str> {
        self.value(field, Shape::Array)
    }

    /// Whether the field is a text, and not the empty one.
    pub(crate) fn has_text(&self, field: Field) -> bool {
        let is_text = |place: &Place| matches!(place.shape, Shape::PlainText | Shape::Text);
        self.places[field as usize].filter(is_text).is_some_and(|place| place.end - place.start > "\"\"".len())
    }

    /// Where the value of the envelope's date is, if there is one and no other.
    pub(crate) fn only_date(&self) -> Option<Range<usize>> {
        let place = self.places[Field::EventDate as usize].filter(|_| !self.has_several_dates)?;
        Some(place.start..place.end)
    }

    /// The payload's one value, without the white space around it.
    pub(crate) fn whole(&self) -> &'t str {
        self.places[Field::Whole as usize].map_or("", |place| &self.text[place.start..place.end])
    }

    fn value(&self, field: Field, shape: Shape) -> Option<&'t str> {
        let place = self.places[field as usize].filter(|place| place.shape == shape)?;
        Some(&self.text[place.start..place.end])
    }

    fn put(&mut self, level: usize, place: Place) {
        if let Some(field) = self.path.get(level).copied().flatten() {
            self.places[field as usize] = Some(place);
        }
    }
}

impl Sink for Envelope<'_> {
    fn white(&mut self, _start: usize, _end: usize) {}

    fn begin(&mut self, container: Container, start: usize, level: usize) {
        if let Some(place) = self.starts.get_mut(level - 1) {
            *place = start;
        }
        if let (Container::Array, Some(field)) = (container, self.path.get_mut(level)) {
            *field = None;
        }
    }

    fn end(&mut self, container: Container, end: usize, level: usize) {
        if let Some(start) = self.starts.get(level - 1).copied() {
            let shape = if container == Container::Object { Shape::Object } else { Shape::Array };
            self.put(level - 1, Place { start, end, shape });
        }
    }

    fn key(&mut self, key: StringToken, level: usize) {
        if level > LEVELS {
            return;
        }
        let contents = &self.text[key.start..key.end];
        let field = self.path[level - 1].and_then(|outer| match key.escapes {
            Escapes::None => outer.inner(contents),
            _ => outer.inner(&unescape(contents)),
        });
        self.path[level] = field;
        if let Some(field) = field {
            self.has_several_dates |= field == Field::EventDate && self.places[field as usize].is_some();
            // A repeated key takes back what the earlier one said, at every depth.
            self.places[field as usize..=field.last_inner() as usize].fill(None);
        }
    }

    fn scalar(&mut self, scalar: Scalar, level: usize) {
        if level <= LEVELS {
            let place = match scalar {
                Scalar::String(token) => {
                    let shape = if token.escapes == Escapes::None { Shape::PlainText } else { Shape::Text };
                    Place { start: token.start - 1, end: token.end + 1, shape }
                }
                Scalar::Number(token) => Place { start: token.start, end: token.end, shape: Shape::Other },
                Scalar::Literal { start, end } => Place { start, end, shape: Shape::Other },
            };
            self.put(level, place);
        }
    }
}

/// The elements of an array, if all of them are texts.
pub(crate) fn texts(array: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut texts = Texts { json: array, elements: Some(Vec::new()) };
    read(array, 1, &mut texts).ok()?;
    texts.elements
}

struct Texts<'t> {
    json: &'t str,
    elements: Option<Vec<Cow<'t, str>>>,
}

impl Sink for Texts<'_> {
    fn white(&mut self, _start: usize, _end: usize) {}
    fn begin(&mut self, _container: Container, _start: usize, _level: usize) {}
    fn end(&mut self, _container: Container, _end: usize, _level: usize) {}
    fn key(&mut self, _key: StringToken, _level: usize) {}

    fn scalar(&mut self, scalar: Scalar, _level: usize) {
        match (scalar, &mut self.elements) {
            (Scalar::String(token), Some(elements)) => elements.push(unescape(&self.json[token.start..token.end])),
            _ => self.elements = None,
        }
    }
}
