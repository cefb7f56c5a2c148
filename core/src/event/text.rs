//! A text of the payload: its value, and how JSON spells it.

use alloc::{borrow::Cow, boxed::Box};

use super::owned::owned;
use crate::json::unescape;

/// The spelling is kept beside the value because the value cannot hold everything JSON can spell.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    contents: Cow<'a, str>,
    /// Where the contents have escapes.
    value: Option<Box<str>>,
}

impl<'a> Text<'a> {
    /// Makes it from the contents of a string literal that the reader accepted.
    pub(crate) fn of_contents(contents: Cow<'a, str>) -> Self {
        let value = match unescape(&contents) {
            Cow::Borrowed(_) => None,
            Cow::Owned(value) => Some(value.into()),
        };
        Self { contents, value }
    }

    /// Makes it from contents without escapes.
    pub(crate) const fn plain(contents: &'a str) -> Self {
        Self { contents: Cow::Borrowed(contents), value: None }
    }

    pub(super) fn into_owned(self) -> Text<'static> {
        Text { contents: owned(self.contents), value: self.value }
    }

    pub(crate) fn value(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.contents)
    }

    /// Whether its contents have no escapes.
    pub(crate) fn is_plain(&self) -> bool {
        self.value.is_none()
    }

    /// The contents of its string literal.
    pub(crate) fn contents(&self) -> &Cow<'a, str> {
        &self.contents
    }
}
