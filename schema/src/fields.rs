//! The fields of GraphQL and REST as keys of a record.

use serde_json::Value;

use crate::{
    metadata::{is, text},
    model::{Field, FieldType},
    names::shown,
    text::{capitalized, plain},
};

/// What tells which version of Twenty wrote the metadata.
pub(crate) struct Reader {
    /// It was before `RICH_TEXT_V2` took its name.
    rich_text_is_text: bool,
}

impl Reader {
    pub(crate) fn of(objects: &[&Value]) -> Self {
        Self { rich_text_is_text: objects.iter().any(|object| is_old(object)) }
    }

    /// The keys that a field has in a record: one; none, for a relation to many; several, for one to any of several objects.
    /// `None` if it is no field.
    pub(crate) fn fields(&self, object: &str, field: &Value, warnings: &mut Vec<String>) -> Option<Vec<Field>> {
        let (name, kind) = (text(field, "name")?, text(field, "type")?);
        let fields = match kind {
            _ if name.is_empty() => {
                warnings.push(format!("{} has a field whose name is empty: it is left out", plain(object)));
                Vec::new()
            }
            "RELATION" => relation(object, name, field, warnings),
            "MORPH_RELATION" => morph_relation(object, name, field, warnings),
            _ => vec![Field::new(name, self.kind(object, name, kind, field, warnings))],
        };
        // Of the keys of a relation to any of several objects all but one are null.
        let is_nullable = is(field, "isNullable", true) || kind == "MORPH_RELATION";
        Some(fields.into_iter().map(|field| Field { is_nullable, ..field }).collect())
    }

    fn kind(&self, object: &str, name: &str, kind: &str, field: &Value, warnings: &mut Vec<String>) -> FieldType {
        let composite = |name: &str| FieldType::Composite(name.into());
        match kind {
            "UUID" => FieldType::Uuid,
            "TEXT" | "TS_VECTOR" | "RICH_TEXT_DEPRECATED" | "EMAIL" | "PHONE" => FieldType::Text,
            "RICH_TEXT" if self.rich_text_is_text => FieldType::Text,
            "DATE" | "DATE_TIME" => FieldType::Date,
            "BOOLEAN" => FieldType::Boolean,
            "NUMBER" | "POSITION" | "PROBABILITY" => FieldType::Number,
            "NUMERIC" => FieldType::Numeric,
            "SELECT" | "RATING" => FieldType::one_of(options(field)),
            "MULTI_SELECT" => FieldType::some_of(options(field)),
            "ARRAY" => FieldType::Texts,
            "RAW_JSON" => FieldType::Json,
            "FULL_NAME" => composite("fullName"),
            "EMAILS" => composite("emails"),
            "PHONES" => composite("phones"),
            "LINKS" => composite("links"),
            "LINK" => composite("link"),
            "CURRENCY" => composite("currency"),
            "ADDRESS" => composite("address"),
            "ACTOR" => composite("actor"),
            "RICH_TEXT" | "RICH_TEXT_V2" => composite("richText"),
            "FILES" => FieldType::Composites("fileItem".into()),
            _ => {
                warnings.push(unknown(object, name, &format!("is of the type {}", shown(kind))));
                FieldType::Json
            }
        }
    }
}

/// A warning of a field that is taken for any JSON.
pub(crate) fn unknown(object: &str, name: &str, what: &str) -> String {
    format!("{}.{} {what}, which is not known here: it is typed as any JSON", plain(object), plain(name))
}

fn relation(object: &str, name: &str, field: &Value, warnings: &mut Vec<String>) -> Vec<Field> {
    let Some((direction, target)) = direction(field) else {
        warnings.push(format!("{}.{} is a relation of no direction: it is left out", plain(object), plain(name)));
        return Vec::new();
    };
    if !direction.ends_with("TO_ONE") {
        return Vec::new();
    }
    let key = field.pointer("/settings/joinColumnName").and_then(Value::as_str);
    let relation = Field::relation(name, target);
    vec![Field { name: key.map_or(relation.name, str::to_owned), ..relation }]
}

/// Its direction as this object has it, and the other object. Newer versions have `relation`, those before 2025-06
/// `relationDefinition`, those before 2024-07 one relation for each direction.
fn direction(field: &Value) -> Option<(&str, &str)> {
    let at = |pointer| field.pointer(pointer).and_then(Value::as_str);
    let from = at("/fromRelationMetadata/relationType").map(|_| "ONE_TO_MANY");
    let to = at("/toRelationMetadata/relationType").map(|_| "MANY_TO_ONE");
    let new = at("/relation/type").or_else(|| at("/relationDefinition/direction"));
    let direction = new.or(to).or(from).or_else(|| at("/settings/relationType"))?;
    Some((direction, TARGETS.into_iter().find_map(at).unwrap_or_default()))
}

const TARGETS: [&str; 3] = [
    "/relation/targetObjectMetadata/nameSingular",
    "/relationDefinition/targetObjectMetadata/nameSingular",
    "/toRelationMetadata/fromObjectMetadata/nameSingular",
];

/// GraphQL names it without an object, as `target`, and lists the objects. REST has it once for each object, as `targetTask`,
/// or does not list them.
fn morph_relation(object: &str, name: &str, field: &Value, warnings: &mut Vec<String>) -> Vec<Field> {
    let relations = field.get("morphRelations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let to_one = relations.iter().filter(|relation| text(relation, "type").is_none_or(|it| it.ends_with("TO_ONE")));
    let targets: Vec<_> = to_one
        .filter_map(|relation| relation.pointer("/targetObjectMetadata/nameSingular").and_then(Value::as_str))
        .collect();
    let key = field.pointer("/settings/joinColumnName").and_then(Value::as_str);
    let is_of_one = key.is_none_or(|key| key.strip_suffix("Id") == Some(name));
    if let (true, Some(key), true) = (relations.is_empty(), key, is_of_one) {
        return vec![Field { name: key.into(), ..Field::relation(name, "") }];
    }
    if relations.is_empty() && direction(field).is_none_or(|(direction, _)| direction.ends_with("TO_ONE")) {
        warnings.push(format!(
            "{}.{} is a relation to any of several objects, which the metadata does not name: its keys are left out (GraphQL \
             names them in morphRelations)",
            plain(object),
            plain(name)
        ));
    }
    let stripped = targets.iter().filter_map(|target| name.strip_suffix(&capitalized(target))).min();
    Field::morph_relation(stripped.filter(|_| is_of_one).unwrap_or(name), &targets).collect()
}

/// Their values; some versions have them as plain texts.
fn options(field: &Value) -> Vec<String> {
    let options = field.get("options").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    options.iter().filter_map(|option| option.as_str().or_else(|| text(option, "value"))).map(str::to_owned).collect()
}

/// Whether it has a type, or words for relations, that the versions with a new `RICH_TEXT` do not have.
fn is_old(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(is_old),
        Value::Object(members) => members.iter().any(|(key, item)| match key.as_str() {
            "type" => item == "RICH_TEXT_V2",
            "relationDefinition" | "fromRelationMetadata" | "toRelationMetadata" => true,
            _ => is_old(item),
        }),
        _ => false,
    }
}
