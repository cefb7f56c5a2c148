//! Bodies inside of larger objects.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Cause;
use crate::canonical::canonicalize_to_vec;

pub(super) fn undone(text: &str) -> Vec<(Cause, Vec<u8>)> {
    if let Ok(Printed { kind: Kind::Buffer, data }) = serde_json::from_str(text) {
        return [(Cause::BodyIsPrintedBuffer, data)].into();
    }
    let mut found = Vec::new();
    find(text, LEVELS, &mut found);
    found.into_iter().map(|bytes| (Cause::BodyWrapped, bytes)).collect()
}

/// What lies under the names that may hold a body, and what lies in that.
fn find(text: &str, levels: usize, found: &mut Vec<Vec<u8>>) {
    let wrapper = serde_json::from_str::<[&RawValue; 1]>(text).map_or(text, |[item]| item.get());
    let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(wrapper) else { return };
    for name in NAMES {
        let Some(value) = members.get(name).map(|value| value.get()) else { continue };
        if let Ok(text) = serde_json::from_str::<String>(value) {
            found.extend(BASE64.decode(text.as_bytes()));
            found.push(text.into_bytes());
        } else if let Ok(canonical) = canonicalize_to_vec(value.as_bytes()) {
            found.push(canonical);
        }
        if levels > 1 {
            find(value, levels - 1, found);
        }
    }
}

/// A Buffer of Node's, as `JSON.stringify` prints it.
#[derive(Deserialize)]
struct Printed {
    #[serde(rename = "type")]
    kind: Kind,
    data: Vec<u8>,
}

#[derive(Deserialize)]
enum Kind {
    Buffer,
}

/// Under which others put the body: Lambda and n8n `body`, platforms `rawBody`, queues and functions the others.
const NAMES: [&str; 6] = ["body", "rawBody", "data", "payload", "json", "message"];
/// n8n's items hold `json`, which holds `body`; those of Pub/Sub `message`, which holds `data`.
const LEVELS: usize = 2;
