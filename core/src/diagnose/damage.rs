//! What cannot be undone, and shows.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::{Cause, Finding, head::Head};

mod letters;

/// With what this body shows of it.
pub(super) fn of(body: &[u8], content_length: Option<usize>) -> Option<(Cause, String)> {
    if body.is_empty() {
        return Some((Cause::BodyEmpty, String::new()));
    }
    if content_length.is_some_and(|length| length > body.len()) || is_cut(body) {
        let told =
            content_length.map_or_else(String::new, |length| format!(" The header Content-Length says {length}."));
        return Some((Cause::BodyTruncated, format!("It ends after {} bytes.{told}", body.len())));
    }
    let text = core::str::from_utf8(body).ok()?;
    let cause = match () {
        () if is_of_object(text.trim().trim_matches('"')) => Cause::BodyIsObjectObject,
        () if text.contains('\u{fffd}') => Cause::BodyLettersLost,
        () if has_sorted_keys(text) => Cause::BodyKeysSorted,
        () => return None,
    };
    Some((cause, String::new()))
}

/// What may be as it was sent, too, and so explains nothing.
pub(super) fn weak(body: &[u8], head: &Head<'_>) -> Option<Finding> {
    let text = core::str::from_utf8(body).ok()?;
    if text.trim() == "{}" && head.signature().is_some() {
        return Some(Finding::likely(Cause::BodyIsObjectObject, String::new()));
    }
    let typed = "It has question marks where letters are likely, but they may have been typed.";
    letters::may_be_lost(text).then(|| Finding::likely(Cause::BodyLettersLost, typed.into()))
}

/// What JavaScript makes of objects and of nothing.
fn is_of_object(text: &str) -> bool {
    let name = text.strip_prefix("[object ").and_then(|rest| rest.strip_suffix(']'));
    matches!(text, "" | "undefined" | "null" | "NaN")
        || name.is_some_and(|name| name.bytes().all(|it| it.is_ascii_alphanumeric()))
}

/// Whether it is JSON but for its end.
fn is_cut(body: &[u8]) -> bool {
    let read = serde_json::from_slice::<IgnoredAny>(body);
    body.starts_with(b"{") && read.is_err_and(|error| error.classify() == Category::Eof)
}

/// Twenty begins with `targetUrl`, and began with `eventName` once.
fn has_sorted_keys(text: &str) -> bool {
    let Ok(Keys(keys)) = serde_json::from_str(text) else { return false };
    let has = |wanted: &str| keys.iter().any(|key| key == wanted);
    has("eventName") && has("webhookId") && keys.is_sorted() && keys.first().is_some_and(|key| key != "eventName")
}

/// The keys of an object, in their order.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor).map(Self)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Vec<String>, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, IgnoredAny)) = members.next_entry::<alloc::borrow::Cow<'_, str>, _>()? {
            keys.push(key.to_string());
        }
        Ok(keys)
    }
}
