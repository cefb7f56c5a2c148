//! JSON Schema, 2020-12.

use serde_json::{Map, Value, json};

use crate::{
    HEAD_OF_WORKSPACE,
    model::{Field, FieldType, Object, Workspace},
    text::capitalized,
};

/// A schema with a definition for the records of each object of a workspace, such as `#/$defs/Rocket`.
pub fn of_workspace(workspace: &Workspace) -> String {
    let definitions: Map<_, _> = workspace.objects.iter().chain(&workspace.composites).map(definition).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": HEAD_OF_WORKSPACE,
        "$defs": definitions,
    });
    format!("{schema:#}\n")
}

/// Any key may be missing, and fields that were added since are further ones.
fn definition(object: &Object) -> (String, Value) {
    let fields: Map<_, _> = object.fields.iter().map(|field| (field.name.clone(), property(field))).collect();
    let schema = json!({ "description": object.doc, "type": "object", "properties": fields });
    (object.type_name.clone(), schema)
}

fn property(field: &Field) -> Value {
    let mut schema = of(&field.kind, field.is_nullable);
    if let (Some(doc), Some(schema)) = (&field.doc, schema.as_object_mut()) {
        schema.insert("description".to_owned(), doc.as_str().into());
    }
    schema
}

fn of(kind: &FieldType, is_nullable: bool) -> Value {
    match kind {
        FieldType::Uuid | FieldType::Text | FieldType::Date => any_of(&["string"], is_nullable),
        FieldType::Boolean => any_of(&["boolean"], is_nullable),
        FieldType::Number => any_of(&["number"], is_nullable),
        FieldType::Numeric => any_of(&["number", "string"], is_nullable),
        FieldType::Select(options) => option_of(options, is_nullable),
        FieldType::MultiSelect(options) => array(&option_of(options, false), is_nullable),
        FieldType::Texts => array(&any_of(&["string"], false), is_nullable),
        FieldType::Json => json!({}),
        FieldType::Composite(name) => or_null(reference(name), is_nullable),
        FieldType::Composites(name) => array(&reference(name), is_nullable),
    }
}

fn any_of(types: &[&str], is_nullable: bool) -> Value {
    match types {
        [only] if !is_nullable => json!({ "type": only }),
        _ => json!({ "type": types.iter().copied().chain(is_nullable.then_some("null")).collect::<Vec<_>>() }),
    }
}

fn array(items: &Value, is_nullable: bool) -> Value {
    let mut schema = any_of(&["array"], is_nullable);
    schema["items"] = items.clone();
    schema
}

/// Any text, because options are added. Those known are there for readers.
fn option_of(options: &[String], is_nullable: bool) -> Value {
    json!({ "anyOf": [{ "enum": options }, any_of(&["string"], is_nullable)] })
}

fn reference(composite: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{}", capitalized(composite)) })
}

fn or_null(schema: Value, is_nullable: bool) -> Value {
    if is_nullable { json!({ "anyOf": [schema, { "type": "null" }] }) } else { schema }
}
