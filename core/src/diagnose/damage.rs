//! What cannot be undone, and shows.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::Cause;

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
        () if text.trim().trim_matches('"') == "[object Object]" => Cause::BodyIsObjectObject,
        () if text.contains('\u{fffd}') || has_lost_letter(text) => Cause::BodyLettersLost,
        () if has_sorted_keys(text) => Cause::BodyKeysSorted,
        () => return None,
    };
    Some((cause, String::new()))
}

/// Whether it is JSON but for its end.
fn is_cut(body: &[u8]) -> bool {
    let read = serde_json::from_slice::<IgnoredAny>(body);
    body.starts_with(b"{") && read.is_err_and(|error| error.classify() == Category::Eof)
}

/// A text of question marks alone, or one inside of a word, and no letter outside ASCII that was spared. Addresses have them, too.
fn has_lost_letter(text: &str) -> bool {
    let is_inside = |three: &[u8]| match three {
        [before, b'?', after] => after.is_ascii_lowercase() && !before.is_ascii_whitespace(),
        _ => false,
    };
    let is_lost = |string: &str| {
        let is_all_marks = string.contains("??") && string.bytes().all(|byte| matches!(byte, b'?' | b' '));
        let is_address = string.contains(['/', '=']);
        is_all_marks || (!is_address && string.as_bytes().windows(3).any(is_inside))
    };
    text.is_ascii() && text.split('"').any(is_lost)
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
