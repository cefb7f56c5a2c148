//! What is read of a workspace's metadata, in each shape in which a server gives it.
#![expect(clippy::unwrap_used, reason = "a helper of the tests fails its test, as a test itself does")]

mod names;
mod openapi;
mod order;
mod refused;
mod relations;

use serde_json::{Value, json};
use twenty_webhook_schema::{Described, Wanted, metadata, typescript};

fn read(document: &Value, wanted: Wanted) -> Described {
    metadata::read(document.to_string().as_bytes(), wanted).unwrap()
}

/// The fields of an object in TypeScript, without those of any record.
fn fields(described: &Described, object: &str) -> Vec<String> {
    let records = typescript::of_workspace(&described.workspace);
    let (_, rest) = records.split_once(&format!("export interface {object} extends StandardRecord {{\n")).unwrap();
    let (fields, _) = rest.split_once("}\n").unwrap();
    let lines = fields.lines().map(str::trim).filter(|line| !line.starts_with("/**"));
    lines.filter(|line| !EVERY.iter().any(|name| line.starts_with(name))).map(str::to_owned).collect()
}

const EVERY: [&str; 4] = ["id:", "createdAt?", "updatedAt?", "deletedAt?"];

fn rocket(fields: &[Value]) -> Value {
    json!({ "nameSingular": "rocket", "fields": fields })
}

/// An answer of GraphQL with a rocket.
fn answer(fields: &[Value]) -> Value {
    let edges: Vec<_> = fields.iter().map(|field| json!({ "node": field })).collect();
    let object = json!({ "nameSingular": "rocket", "fields": { "edges": edges } });
    json!({ "data": { "objects": { "edges": [{ "node": object }] } } })
}

/// Its fields in TypeScript, and the warnings.
fn read_rocket(fields_of_it: &[Value]) -> (Vec<String>, Vec<String>) {
    let described = read(&answer(fields_of_it), Wanted::default());
    (fields(&described, "Rocket"), described.warnings)
}

#[test]
fn every_type_has_its_own() {
    for (kind, expected) in [
        ("UUID", "string"),
        ("TEXT", "string"),
        ("RATING", "string"),
        ("TS_VECTOR", "string"),
        ("DATE", "string"),
        ("DATE_TIME", "string"),
        ("BOOLEAN", "boolean"),
        ("NUMBER", "number"),
        ("POSITION", "number"),
        ("NUMERIC", "number | string"),
        ("SELECT", "string"),
        ("MULTI_SELECT", "string[]"),
        ("ARRAY", "string[]"),
        ("FULL_NAME", "FullName"),
        ("EMAILS", "Emails"),
        ("PHONES", "Phones"),
        ("LINKS", "Links"),
        ("CURRENCY", "Currency"),
        ("ADDRESS", "Address"),
        ("ACTOR", "Actor"),
        ("RICH_TEXT", "RichText"),
        ("RICH_TEXT_DEPRECATED", "string"),
        ("FILES", "FileItem[]"),
        // Of old versions.
        ("EMAIL", "string"),
        ("PHONE", "string"),
        ("LINK", "Link"),
        ("PROBABILITY", "number"),
    ] {
        let nullable = read_rocket(&[json!({ "name": "it", "type": kind })]);
        assert_eq!(nullable, (vec![format!("it?: {expected} | null;")], vec![]), "{kind}");
        let not_null = read_rocket(&[json!({ "name": "it", "type": kind, "isNullable": false })]);
        assert_eq!(not_null.0, [format!("it?: {expected};")], "{kind}");
    }
    assert_eq!(read_rocket(&[json!({ "name": "it", "type": "RAW_JSON" })]), (vec!["it?: unknown;".to_owned()], vec![]));
}

#[test]
fn a_type_that_is_not_known_is_any_json_with_a_warning() {
    let (fields, warnings) = read_rocket(&[json!({ "name": "spell", "type": "MAGIC", "isNullable": false })]);
    assert_eq!(fields, ["spell?: unknown;"]);
    assert_eq!(warnings, ["rocket.spell is of the type `MAGIC`, which is not known here: it is typed as any JSON"]);
}

#[test]
fn options_are_unions() {
    let options = json!([{ "value": "A", "label": "One" }, { "value": "B", "label": "Two" }]);
    for (kind, options, expected) in [
        ("SELECT", options.clone(), r#""A" | "B" | (string & {})"#),
        ("RATING", options.clone(), r#""A" | "B" | (string & {})"#),
        ("MULTI_SELECT", options, r#"("A" | "B" | (string & {}))[]"#),
        ("SELECT", json!(["A"]), r#""A" | (string & {})"#),
        ("SELECT", json!([]), "string"),
        ("SELECT", Value::Null, "string"),
    ] {
        let (fields, _) = read_rocket(&[json!({ "name": "it", "type": kind, "options": options })]);
        assert_eq!(fields, [format!("it?: {expected} | null;")], "{kind}");
    }
}

/// Before `RICH_TEXT_V2` took its name it was a text.
#[test]
fn rich_text_is_what_it_was_in_its_version() {
    let body = json!({ "name": "body", "type": "RICH_TEXT" });
    let (fields, _) = read_rocket(&[body, json!({ "name": "bodyV2", "type": "RICH_TEXT_V2" })]);
    assert_eq!(fields, ["body?: string | null;", "bodyV2?: RichText | null;"]);
    for old in ["relationDefinition", "fromRelationMetadata", "toRelationMetadata"] {
        let (fields, _) = read_rocket(&[json!({ "name": "body", "type": "RICH_TEXT", old: null })]);
        assert_eq!(fields, ["body?: string | null;"], "{old}");
    }
}

#[test]
fn each_server_is_understood() {
    let motto = [json!({ "name": "motto", "type": "TEXT" })];
    let in_list = json!({ "nameSingular": "rocket", "fieldsList": motto });
    let graphql = answer(&motto);
    for document in [
        graphql["data"].clone(),
        json!({ "data": { "objects": [rocket(&motto)] }, "pageInfo": { "hasNextPage": false } }),
        json!({ "data": [rocket(&motto)], "totalCount": 1 }),
        json!({ "objects": [rocket(&motto)] }),
        json!([rocket(&motto)]),
        json!({ "data": { "objects": { "edges": [{ "node": in_list }] } } }),
        graphql,
    ] {
        let described = read(&document, Wanted::default());
        assert_eq!(fields(&described, "Rocket"), ["motto?: string | null;"], "{document}");
        assert_eq!(described.warnings, Vec::<String>::new());
    }
}

#[test]
fn a_further_page_is_missed() {
    let mut document = answer(&[]);
    document["data"]["objects"]["pageInfo"] = json!({ "hasNextPage": true });
    document["data"]["objects"]["edges"][0]["node"]["fields"]["pageInfo"] = json!({ "hasNextPage": true });
    let expected =
        ["objects", "fields of rocket"].map(|what| format!("these are not all {what}: there is another page"));
    assert_eq!(read(&document, Wanted::default()).warnings, expected);
    // REST has it at the top.
    for objects in [json!({ "objects": [rocket(&[])] }), json!([rocket(&[])])] {
        let document = json!({ "data": objects, "pageInfo": { "hasNextPage": true } });
        assert_eq!(read(&document, Wanted::default()).warnings, expected[..1]);
    }
}

#[test]
fn inactive_and_system_ones_are_wanted_or_not() {
    let fields = [
        json!({ "name": "motto", "type": "TEXT", "isActive": false }),
        json!({ "name": "position", "type": "POSITION", "isSystem": true }),
    ];
    let document = json!([
        { "nameSingular": "rocket", "fields": fields },
        { "nameSingular": "balloon", "isActive": false, "fields": [] },
        { "nameSingular": "message", "isSystem": true, "fields": [] },
    ]);
    let unknown = json!({ "name": "spell", "type": "MAGIC" });
    let mut with_unknown = document.clone();
    with_unknown[2]["fields"] = json!([unknown]);
    assert_eq!(read(&with_unknown, Wanted::default()).warnings, Vec::<String>::new(), "of an object that is left out");
    for (inactive, system, objects, keys) in [
        (false, false, vec!["rocket"], vec!["position"]),
        (true, false, vec!["balloon", "rocket"], vec!["motto", "position"]),
        (false, true, vec!["message", "rocket"], vec!["position"]),
        (true, true, vec!["balloon", "message", "rocket"], vec!["motto", "position"]),
    ] {
        let described = read(&document, Wanted { inactive, system });
        let names: Vec<_> = described.workspace.objects.iter().map(|object| object.name.as_str()).collect();
        assert_eq!(names, objects);
        let found: Vec<_> = fields_of(&described, "rocket")
            .into_iter()
            .filter(|name| !EVERY.iter().any(|it| it.starts_with(name)))
            .collect();
        assert_eq!(found, keys);
    }
}

fn fields_of<'d>(described: &'d Described, object: &str) -> Vec<&'d str> {
    let object = described.workspace.objects.iter().find(|it| it.name == object).unwrap();
    object.fields.iter().map(|field| field.name.as_str()).collect()
}
