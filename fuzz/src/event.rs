//! What an event says, read naively from the reference's tree: the decision table of the kinds, first match.

use crate::reference::{self, Units, Value};

/// Levels an event is read to.
const MAX_DEPTH: usize = 256;

/// The normalised event, in the spelling of the reference.
pub fn normalised(payload: &[u8]) -> String {
    let mut out = String::new();
    reference::print(&normalised_value(payload), &mut out);
    out
}

fn normalised_value(payload: &[u8]) -> Value {
    let Ok(whole) = reference::parse(payload, MAX_DEPTH) else { return event("unknown", &[]) };
    let name_of = |field: &str| text(&whole, field).and_then(todays_name);
    let fields = if let (Some(name), Some(record)) =
        (name_of("eventName").or_else(|| name_of("eventType")), object(&whole, "record"))
    {
        record_fields(name, record, get(&whole, "eventDate"))
    } else if let Some((inner, metadata_name)) =
        get(&whole, "event").and_then(|inner| Some((inner, text(inner, "metadataName")?)))
    {
        let name = text(&whole, "eventName");
        let action = name.and_then(|name| name.rsplit(|unit| *unit == DOT).next()).filter(|part| !part.is_empty());
        vec![
            ("name", name.map(string)),
            ("action", action.map(string)),
            ("updatedFields", object(inner, "properties").and_then(|properties| texts(properties, "updatedFields"))),
            ("occurredAt", text(&whole, "eventDate").map(string)),
            ("metadataName", Some(string(metadata_name))),
            ("recordId", text(inner, "recordId").map(string)),
            ("properties", object(inner, "properties").cloned()),
        ]
    } else if let (Some(name), Some(data)) = (name_of("event"), object(&whole, "data")) {
        record_fields(name, data, get(&whole, "timestamp"))
    } else {
        return event("unknown", &[("payload", Some(whole))]);
    };
    let kind = if fields.iter().any(|(name, _)| *name == "metadataName") { "metadata" } else { "record" };
    event(kind, &[fields, common_fields(&whole, kind)].concat())
}

type Field = (&'static str, Option<Value>);

/// All fields in their order: those given, `null` for the rest.
fn event(kind: &str, given: &[Field]) -> Value {
    let mut members = vec![(units("kind"), string(&units(kind)))];
    for field in FIELDS {
        let default = if *field == "updatedFields" { Value::Array(vec![]) } else { Value::Literal("null") };
        let value = given.iter().find(|(name, _)| name == field).and_then(|(_, value)| value.clone());
        members.push((units(field), value.unwrap_or(default)));
    }
    Value::Object(members)
}

const FIELDS: &[&str] = &[
    "name",
    "object",
    "action",
    "record",
    "updatedFields",
    "occurredAt",
    "workspaceId",
    "webhookId",
    "userId",
    "workspaceMemberId",
    "objectMetadataId",
    "targetUrl",
    "metadataName",
    "recordId",
    "properties",
    "payload",
];

fn record_fields((object, action): (Units, Units), record: &Value, date: Option<&Value>) -> Vec<Field> {
    let name = [&object[..], &[DOT], &action].concat();
    vec![
        ("name", Some(string(&name))),
        ("object", Some(string(&object))),
        ("action", Some(string(&action))),
        ("record", Some(record.clone())),
        ("recordId", text(record, "id").map(string)),
        ("occurredAt", date.filter(|date| matches!(date, Value::String(_))).cloned()),
    ]
}

fn common_fields(whole: &Value, kind: &str) -> Vec<Field> {
    let mut fields: Vec<_> = ["workspaceId", "webhookId", "userId", "workspaceMemberId", "targetUrl"]
        .map(|field| (field, text(whole, field).map(string)))
        .into();
    fields.push(("objectMetadataId", get(whole, "objectMetadata").and_then(|object| text(object, "id")).map(string)));
    if kind == "record" {
        fields.push(("updatedFields", texts(whole, "updatedFields")));
    }
    fields
}

/// Object and action of a name of two non-empty parts; the old verbs and upper case become today's actions.
fn todays_name(name: &[u16]) -> Option<(Units, Units)> {
    let parts: Vec<&[u16]> = name.split(|unit| *unit == DOT).collect();
    let [first, second] = parts[..] else { return None };
    if first.is_empty() || second.is_empty() {
        return None;
    }
    for (action, verb) in ACTIONS {
        if [units(action), units(verb), units(&action.to_uppercase())].contains(&second.to_vec()) {
            return Some((first.to_vec(), units(action)));
        }
    }
    for (action, verb) in ACTIONS {
        if first == units(verb) {
            return Some((second.to_vec(), units(action)));
        }
    }
    Some((first.to_vec(), second.to_vec()))
}

const ACTIONS: [(&str, &str); 6] = [
    ("created", "create"),
    ("updated", "update"),
    ("deleted", "delete"),
    ("destroyed", "destroy"),
    ("restored", "restore"),
    ("upserted", "upsert"),
];

const DOT: u16 = b'.' as u16;

fn get<'v>(value: &'v Value, field: &str) -> Option<&'v Value> {
    let Value::Object(members) = value else { return None };
    members.iter().find(|(key, _)| *key == units(field)).map(|(_, value)| value)
}

fn text<'v>(value: &'v Value, field: &str) -> Option<&'v [u16]> {
    if let Some(Value::String(text)) = get(value, field) { Some(text) } else { None }
}

fn object<'v>(value: &'v Value, field: &str) -> Option<&'v Value> {
    get(value, field).filter(|value| matches!(value, Value::Object(_)))
}

/// An array, if every element is a text.
fn texts(value: &Value, field: &str) -> Option<Value> {
    match get(value, field) {
        Some(list @ Value::Array(items)) if items.iter().all(|item| matches!(item, Value::String(_))) => {
            Some(list.clone())
        }
        _ => None,
    }
}

fn units(text: &str) -> Units {
    text.encode_utf16().collect()
}

fn string(units: &[u16]) -> Value {
    Value::String(units.to_vec())
}
