//! The objects of an OpenAPI document, which says neither what is nullable nor what is active.

use serde_json::{Map, Value};

use crate::{
    described::Entry,
    fields::unknown,
    metadata::text,
    model::{Field, FieldType},
};

/// Each version describes where it is to be had, but the oldest, which have a title of their own only. Twenty's other document
/// describes the metadata.
pub(crate) fn is_of_workspace(document: &Value) -> bool {
    let has_path = |path: &str| document.get("paths").and_then(|paths| paths.get(path)).is_some();
    let is_titled = document.pointer("/info/title").is_some_and(|title| title == "Twenty Api");
    has_path("/open-api/core") || (is_titled && !has_path("/open-api/metadata"))
}

/// Newer versions have a schema for what is sent to an object and one for what comes back, which is the one that counts; the
/// oldest have one for both. None if there is no object.
pub(crate) fn entries(schemas: &Map<String, Value>, warnings: &mut Vec<String>) -> Option<Vec<Entry>> {
    let answer = |name: &str| RESPONSES.iter().find_map(|response| schemas.get(&format!("{name}{response}")));
    let have_answers = schemas.keys().any(|name| answer(name).is_some());
    let objects = schemas.iter().filter(|(name, _)| !OTHERS.iter().any(|other| name.ends_with(other)));
    let entries = objects.filter_map(|(name, schema)| {
        let schema = if have_answers { answer(name)? } else { schema };
        Some(entry(name, schema.get("properties")?.as_object()?, warnings))
    });
    Some(entries.collect::<Vec<_>>()).filter(|entries| !entries.is_empty())
}

const RESPONSES: [&str; 2] = ["ForResponse", " for Response"];
const OTHERS: [&str; 5] = ["ForResponse", "ForUpdate", " for Response", " for Update", " with Relations"];

fn entry(name: &str, properties: &Map<String, Value>, warnings: &mut Vec<String>) -> Entry {
    let name: String = name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect();
    let fields =
        properties.iter().filter(|(key, schema)| !is_relation(key, schema, properties)).map(|(key, schema)| {
            let kind = kind(schema).unwrap_or_else(|| {
                warnings.push(unknown(&name, key, "is of a schema"));
                FieldType::Json
            });
            Field::new(key, kind)
        });
    Entry { fields: fields.collect(), name }
}

/// The other side of a relation is not sent; its id is a property of its own. The oldest versions say nothing of that side.
fn is_relation(key: &str, schema: &Value, properties: &Map<String, Value>) -> bool {
    let of = |schema: &Value, key| schema.get(key).is_some();
    let is_bare = !of(schema, "type") && properties.contains_key(&format!("{key}Id"));
    is_bare || of(schema, "$ref") || of(schema, "oneOf") || schema.get("items").is_some_and(|items| of(items, "$ref"))
}

fn kind(schema: &Value) -> Option<FieldType> {
    match text(schema, "type")? {
        "string" => Some(match text(schema, "format") {
            Some("uuid") => FieldType::Uuid,
            Some("date" | "date-time") => FieldType::Date,
            _ => FieldType::one_of(options(schema)),
        }),
        "number" | "integer" => Some(FieldType::Number),
        "boolean" => Some(FieldType::Boolean),
        "array" => schema.get("items").and_then(items),
        "object" => object(schema),
        _ => None,
    }
}

fn items(items: &Value) -> Option<FieldType> {
    match text(items, "type") {
        Some("string") => Some(FieldType::some_of(options(items))),
        _ if items.pointer("/properties/fileId").is_some() => Some(FieldType::Composites("fileItem".into())),
        _ => None,
    }
}

/// A composite type shows in a property that no other has.
fn object(schema: &Value) -> Option<FieldType> {
    let Some(properties) = schema.get("properties") else {
        return Some(FieldType::Json);
    };
    let (_, composite) = COMPOSITES.into_iter().find(|(property, _)| properties.get(property).is_some())?;
    Some(FieldType::Composite(composite.into()))
}

fn options(schema: &Value) -> Vec<String> {
    let options = schema.get("enum").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    options.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

const COMPOSITES: [(&str, &str); 9] = [
    ("firstName", "fullName"),
    ("primaryEmail", "emails"),
    ("primaryPhoneNumber", "phones"),
    ("primaryLinkUrl", "links"),
    ("amountMicros", "currency"),
    ("addressCity", "address"),
    ("source", "actor"),
    ("blocknote", "richText"),
    // Of old versions.
    ("url", "link"),
];
