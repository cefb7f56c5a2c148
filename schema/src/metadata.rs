//! A workspace as Twenty describes it: the answer of GraphQL (`/metadata`) or REST (`/rest/metadata/objects`), or the OpenAPI
//! document (`/open-api/core`). Which one it is shows in its shape.

use std::fmt;

use serde_json::Value;

use crate::{Described, Wanted, described::Entry, fields::Reader, openapi, text::plain};

/// Reads a description of a workspace.
///
/// # Errors
///
/// When it is not JSON or not such a description, and when the server answered with errors instead.
pub fn read(json: &[u8], wanted: Wanted) -> Result<Described, MetadataError> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let document: Value = serde_json::from_slice(json).map_err(MetadataError::NotJson)?;
    let mut warnings = Vec::new();
    let entries = match document.pointer("/components/schemas").and_then(Value::as_object) {
        Some(_) if !openapi::is_of_workspace(&document) => return Err(MetadataError::OtherApi),
        Some(schemas) => openapi::entries(schemas, &mut warnings),
        None => entries(&document, wanted, &mut warnings)?,
    };
    Ok(Described::of(entries.ok_or(MetadataError::OtherShape)?, warnings))
}

/// Those of GraphQL and REST that are wanted; none if there is no object at all.
fn entries(document: &Value, wanted: Wanted, warnings: &mut Vec<String>) -> Result<Option<Vec<Entry>>, MetadataError> {
    let data = document.get("data").unwrap_or(document);
    let objects = if data.is_array() { Some(data) } else { data.get("objects") };
    let Some(objects) = objects.and_then(|objects| list(objects, "objects", warnings)) else {
        let message = document.pointer("/errors/0/message").and_then(Value::as_str);
        return message.map_or(Ok(None), |message| Err(MetadataError::Answered(message.into())));
    };
    // REST has it beside the data.
    warn_of_another_page(document, "objects", warnings);
    let reader = Reader::of(&objects);
    let is_active = |it: &Value| wanted.inactive || is(it, "isActive", true);
    let mut entries = Vec::new();
    for object in &objects {
        let name = text(object, "nameSingular").ok_or(MetadataError::OtherShape)?;
        if !is_active(object) || (is(object, "isSystem", false) && !wanted.system) {
            continue;
        }
        let fields = ["fields", "fieldsList"].iter().find_map(|key| object.get(key));
        let list = fields.and_then(|fields| list(fields, &format!("fields of {}", plain(name)), warnings));
        let list = list.ok_or_else(|| MetadataError::NoFields(name.into()))?;
        let mut fields = Vec::new();
        for field in list.into_iter().filter(|field| is_active(field)) {
            fields.extend(reader.fields(name, field, warnings).ok_or(MetadataError::OtherShape)?);
        }
        entries.push(Entry { name: name.into(), fields });
    }
    Ok(Some(entries).filter(|_| !objects.is_empty()))
}

/// The nodes of a connection as GraphQL has it, or an array as REST has it.
fn list<'v>(value: &'v Value, what: &str, warnings: &mut Vec<String>) -> Option<Vec<&'v Value>> {
    warn_of_another_page(value, what, warnings);
    match value {
        Value::Array(items) => Some(items.iter().collect()),
        _ => value.get("edges")?.as_array()?.iter().map(|edge| edge.get("node")).collect(),
    }
}

fn warn_of_another_page(value: &Value, what: &str, warnings: &mut Vec<String>) {
    if value.pointer("/pageInfo/hasNextPage") == Some(&Value::Bool(true)) {
        warnings.push(format!("these are not all {what}: there is another page"));
    }
}

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

/// A flag, which may not have been asked for.
pub(crate) fn is(value: &Value, key: &str, otherwise: bool) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(otherwise)
}

/// Why a document is no description of a workspace.
#[derive(Debug)]
pub enum MetadataError {
    /// It is not JSON.
    NotJson(serde_json::Error),
    /// It has errors in place of objects; this is the first one's message.
    Answered(String),
    /// An object of this name comes without its fields.
    NoFields(String),
    /// It is the OpenAPI document of something else.
    OtherApi,
    /// It is something else.
    OtherShape,
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "the metadata is not JSON: {error}"),
            Self::Answered(message) => {
                let start: String = message.chars().take(MOST_CHARS).collect();
                write!(f, "the server answered with an error instead of metadata: {start}")
            }
            Self::NoFields(name) => write!(f, "the metadata has no fields of the object {}: ask for them, too", plain(name)),
            Self::OtherApi => f.write_str(
                "this OpenAPI document is not the one of /open-api/core: that has the path /open-api/core, or in old versions \
                 the title Twenty Api",
            ),
            Self::OtherShape => f.write_str(
                "this is no metadata of a workspace: it must be the answer of GraphQL at /metadata or of REST at \
                 /rest/metadata/objects, with fields that have names and types, or the OpenAPI document of /open-api/core",
            ),
        }
    }
}

impl std::error::Error for MetadataError {}

const MOST_CHARS: usize = 200;
