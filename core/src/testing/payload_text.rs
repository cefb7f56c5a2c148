//! The text of a payload, as Twenty prints it.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use serde_json::Value;

use crate::{CanonicalizeError, canonicalize};

/// Prints a payload as Twenty does: without white space, numbers and texts as `JSON.stringify` spells them, and what belongs to
/// Twenty itself in its order. Members that it does not know follow in the order of their names.
///
/// # Errors
///
/// `payload_too_deep`.
///
/// # Example
///
/// ```
/// use serde_json::json;
/// use twenty_webhook::testing::payload_text;
///
/// let payload = json!({ "record": { "city": "Paris", "id": "7" }, "eventName": "person.created", "targetUrl": "https://example.com" });
/// let text = r#"{"targetUrl":"https://example.com","eventName":"person.created","record":{"id":"7","city":"Paris"}}"#;
/// assert_eq!(payload_text(&payload)?, text);
/// # Ok::<(), twenty_webhook::CanonicalizeError>(())
/// ```
pub fn payload_text(payload: &Value) -> Result<String, CanonicalizeError> {
    let mut text = String::new();
    print(payload, &mut text);
    canonicalize(text.as_bytes())
}

fn print(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // It is stable: serde_json gives them by their names.
            members.sort_by_key(|(name, _)| rank(name));
            list(text, ['{', '}'], members, |text, (name, value)| {
                *text += &Value::from(name.as_str()).to_string();
                text.push(':');
                print(value, text);
            });
        }
        Value::Array(items) => list(text, ['[', ']'], items, |text, item| print(item, text)),
        _ => *text += &value.to_string(),
    }
}

fn list<T>(
    text: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    print: impl Fn(&mut String, T),
) {
    text.push(open);
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        print(text, item);
    }
    text.push(close);
}

fn rank(name: &str) -> usize {
    ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len())
}

/// Of both envelopes, of what is in them, and of what every record begins with.
const ORDER: [&str; 21] = [
    "targetUrl",
    "eventName",
    "objectMetadata",
    "workspaceId",
    "webhookId",
    "eventDate",
    "userId",
    "apiKeyId",
    "workspaceMemberId",
    "record",
    "updatedFields",
    "event",
    "type",
    "metadataName",
    "recordId",
    "properties",
    "id",
    "nameSingular",
    "createdAt",
    "updatedAt",
    "deletedAt",
];
