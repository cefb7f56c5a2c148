//! Payloads as the newest version of Twenty sends them.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
};
use core::{error::Error, fmt};

use serde_json::Value;

use super::samples::SAMPLES;
use crate::Timestamp;

/// A payload as the newest version of Twenty sends it, for an event of this name: of a record (`person.created`, also of custom
/// objects) or of the workspace itself (`metadata.objectMetadata.updated`).
///
/// Each has a new record id and the time of the call, so no two are duplicates. `overrides` are merged into it, objects member
/// by member; pass `json!({})` for none.
///
/// # Errors
///
/// [`UnknownName`] for a name that Twenty does not send.
///
/// # Example
///
/// ```
/// use serde_json::json;
/// use twenty_webhook::testing::sample;
///
/// let payload = sample("person.updated", json!({ "record": { "jobTitle": "Pilot" } }))?;
/// assert_eq!(payload["record"]["jobTitle"], "Pilot");
/// assert_eq!(payload["updatedFields"], json!(["jobTitle"]));
/// # Ok::<(), twenty_webhook::testing::UnknownName>(())
/// ```
pub fn sample(name: &str, overrides: Value) -> Result<Value, UnknownName> {
    let unknown = || UnknownName(name.to_owned());
    let (kind, object, action) = parts(name).ok_or_else(unknown)?;
    let own = text("", &format!("{kind}.{object}.{action}"));
    let template = own.or_else(|| text("", &format!("{kind}.{action}"))).ok_or_else(unknown)?;
    let of_object = |what| text(what, object).or_else(|| text(what, "")).unwrap_or_default();
    let now = Timestamp::now();
    let before = Timestamp::from_unix_millis(now.unix_millis().saturating_sub(AN_HOUR_MILLIS));
    let mut filled = template.to_owned();
    for (place, value) in [
        ("<fields>", of_object("fields.")),
        ("<changed>", of_object("changed.")),
        ("<name>", name),
        ("<object>", object),
        ("<id>", &uuid()),
        ("<now>", &now.to_string()),
        ("<before>", &before.to_string()),
    ] {
        filled = filled.replace(place, value);
    }
    let mut payload = serde_json::from_str(&filled).map_err(|_| unknown())?;
    merge(&mut payload, overrides);
    Ok(payload)
}

/// A name that Twenty sends no event of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}.", self.0, text("", "refusal").unwrap_or_default())
    }
}

impl Error for UnknownName {}

/// Which envelope it comes in, what it is about, and what happened.
fn parts(name: &str) -> Option<(&str, &str, &str)> {
    let mut parts = name.split('.');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    let (kind, object, action) = match third {
        Some(operation) if first == "metadata" => ("metadata", second, operation),
        Some(_) => return None,
        None => ("record", first, second),
    };
    let is_name = object.starts_with(|initial: char| initial.is_ascii_lowercase())
        && object.bytes().all(|letter| letter.is_ascii_alphanumeric())
        && !NOT_SENT.contains(&object);
    (is_name && parts.next().is_none()).then_some((kind, object, action))
}

fn text(what: &str, key: &str) -> Option<&'static str> {
    SAMPLES.iter().find(|(known, _)| known.strip_prefix(what) == Some(key)).map(|(_, text)| *text)
}

fn merge(value: &mut Value, overrides: Value) {
    match (value, overrides) {
        (Value::Object(members), Value::Object(overrides)) => {
            for (name, value) in overrides {
                merge(members.entry(name).or_insert(Value::Null), value);
            }
        }
        (value, other) => *value = other,
    }
}

/// Of version 4.
fn uuid() -> String {
    let random = super::random();
    let variant = 8 | (random >> 60 & 3);
    let digits = format!("{random:032x}");
    format!("{}-{}-4{}-{variant:x}{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
}

const AN_HOUR_MILLIS: u64 = 60 * 60 * 1000;

/// No object has this name, and nothing is sent of this one.
const NOT_SENT: [&str; 2] = ["metadata", "timelineActivity"];
