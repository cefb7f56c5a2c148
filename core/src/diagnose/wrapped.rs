//! Bodies inside of larger objects.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Cause;
use crate::canonical::canonicalize_to_vec;

pub(super) fn undone(text: &str) -> Vec<(Cause, Vec<u8>)> {
    if let Ok(Printed { kind: Some("Buffer"), data }) = serde_json::from_str(text) {
        return [(Cause::BodyIsPrintedBuffer, data)].into();
    }
    let wrapper = serde_json::from_str::<[&RawValue; 1]>(text).map_or(text, |[item]| item.get());
    let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(wrapper) else { return Vec::new() };
    let mut undone = Vec::new();
    for name in NAMES {
        let Some(value) = members.get(name).map(|value| value.get()) else { continue };
        if let Ok(text) = serde_json::from_str::<String>(value) {
            if let Ok(decoded) = BASE64.decode(text.as_bytes()) {
                undone.push((Cause::BodyWrapped, decoded));
            }
            undone.push((Cause::BodyWrapped, text.into_bytes()));
        } else if let Ok(canonical) = canonicalize_to_vec(value.as_bytes()) {
            undone.push((Cause::BodyWrapped, canonical));
        }
    }
    undone
}

/// A Buffer of Node's, as `JSON.stringify` prints it.
#[derive(Deserialize)]
struct Printed<'t> {
    #[serde(rename = "type")]
    kind: Option<&'t str>,
    data: Vec<u8>,
}

/// Under which others put the body: Lambda and n8n `body`, platforms `rawBody`, queues and functions the others.
const NAMES: [&str; 6] = ["body", "rawBody", "data", "payload", "json", "message"];
