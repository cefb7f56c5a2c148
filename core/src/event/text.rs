//! A text of the payload: its value, and how JSON spells it.

use alloc::borrow::Cow;

use super::owned::owned;
use crate::json::unescape;

/// The spelling is kept beside the value because the value cannot hold everything JSON can spell.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    contents: Cow<'a, str>,
    value: Cow<'a, str>,
}

impl<'a> Text<'a> {
    /// Makes it from the contents of a string literal that the reader accepted.
    pub(crate) fn of_contents(contents: Cow<'a, str>) -> Self {
        let value = match &contents {
            Cow::Borrowed(contents) => unescape(contents),
            Cow::Owned(contents) => Cow::Owned(unescape(contents).into_owned()),
        };
        Self { contents, value }
    }

    /// Makes it from contents without escapes.
    pub(crate) const fn plain(contents: &'a str) -> Self {
        Self { contents: Cow::Borrowed(contents), value: Cow::Borrowed(contents) }
    }

    pub(super) fn into_owned(self) -> Text<'static> {
        Text { contents: owned(self.contents), value: owned(self.value) }
    }

    pub(crate) fn value(&self) -> &str {
        &self.value
    }

    /// Whether its contents have no escapes, which are longer than what they stand for.
    pub(crate) fn is_plain(&self) -> bool {
        self.contents.len() == self.value.len()
    }

    /// The contents of its string literal.
    pub(crate) fn contents(&self) -> &Cow<'a, str> {
        &self.contents
    }
}
