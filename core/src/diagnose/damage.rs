//! What cannot be undone, and shows.

use alloc::{
    format,
    string::{String, ToString},
};

use serde_json::error::Category;

use super::Cause;

/// With what this body shows of it.
pub(super) fn of(body: &[u8], content_length: Option<usize>) -> Option<(Cause, String)> {
    if body.is_empty() {
        return Some((Cause::BodyEmpty, String::new()));
    }
    if content_length.is_some_and(|length| length > body.len()) || is_cut(body) {
        let told = content_length.map_or_else(String::new, |length| format!(" Content-Length is {length}."));
        return Some((Cause::BodyTruncated, format!("It ends after {} bytes.{told}", body.len())));
    }
    let text = String::from_utf8_lossy(body);
    if text.trim().trim_matches('"') == "[object Object]" {
        return Some((Cause::BodyIsObjectObject, String::new()));
    }
    if text.contains('\u{fffd}') || (text.is_ascii() && has_lost_letter(&text)) {
        return Some((Cause::BodyLettersLost, String::new()));
    }
    has_sorted_keys(&text).then(|| (Cause::BodyKeysSorted, String::new()))
}

/// Whether it is JSON but for its end.
fn is_cut(body: &[u8]) -> bool {
    let ends = serde_json::from_slice::<serde::de::IgnoredAny>(body).map_err(|error| error.classify());
    matches!(ends, Err(Category::Eof))
}

/// A question mark inside of a word.
fn has_lost_letter(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|three| three[1] == b'?' && three[0].is_ascii_alphabetic() && three[2].is_ascii_lowercase())
        && !text.split('"').any(|part| part.contains("://") && part.contains('?') && !part.contains(' ') && text.matches('?').count() == 1)
}

/// Twenty begins with `targetUrl`, and with `eventName` where an older version did.
fn has_sorted_keys(text: &str) -> bool {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(text) else { return false };
    // Without `preserve_order` the map is sorted, so the text tells the order.
    let mut places = object.keys().filter_map(|key| text.find(&format!("{}:", serde_json::Value::from(key.as_str()))));
    let mut last = places.next();
    let are_sorted = places.all(|place| {
        let is_after = last.is_some_and(|last| last < place);
        last = Some(place);
        is_after
    });
    are_sorted && object.len() > 2 && object.contains_key("eventName") && !text.trim_start().starts_with("{\"eventName\"".to_string().as_str())
}
