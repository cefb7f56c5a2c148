//! The objects of an OpenAPI document, which says neither what is nullable nor what is active.

use serde_json::{Map, Value};

use crate::{
    described::Entry,
    fields::unknown,
    metadata::text,
    model::{Field, FieldType},
};

/// An object has a schema for what is sent to it, and one for what comes back, which is the one that counts.
pub(crate) fn entries(schemas: &Map<String, Value>, warnings: &mut Vec<String>) -> Vec<Entry> {
    let objects = schemas.iter().filter_map(|(name, schema)| {
        let name = name.strip_suffix("ForResponse").filter(|name| schemas.contains_key(*name))?;
        let properties = schema.get("properties")?.as_object()?;
        let name = name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect();
        Some((name, properties))
    });
    objects
        .map(|(name, properties): (String, _)| {
            let fields = properties.iter().filter(|(_, schema)| !is_relation(schema)).map(|(key, schema)| {
                let kind = kind(schema).unwrap_or_else(|| {
                    warnings.push(unknown(&name, key, "is of a schema"));
                    FieldType::Json
                });
                Field::new(key, kind)
            });
            let fields = fields.collect();
            Entry { name, is_active: true, is_system: false, fields }
        })
        .collect()
}

/// The other side of a relation is not sent; its id is a property of its own.
fn is_relation(schema: &Value) -> bool {
    let of = |schema: &Value, key| schema.get(key).is_some();
    of(schema, "$ref") || of(schema, "oneOf") || schema.get("items").is_some_and(|items| of(items, "$ref"))
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

const COMPOSITES: [(&str, &str); 8] = [
    ("firstName", "fullName"),
    ("primaryEmail", "emails"),
    ("primaryPhoneNumber", "phones"),
    ("primaryLinkUrl", "links"),
    ("amountMicros", "currency"),
    ("addressCity", "address"),
    ("source", "actor"),
    ("blocknote", "richText"),
];
