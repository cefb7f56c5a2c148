//! What is no metadata, and metadata that is odd.

use serde_json::{Value, json};
use twenty_webhook_schema::{Wanted, json_schema, metadata, pydantic, python, rust, typescript};

use crate::{answer, read, read_rocket};

fn refusal(document: &str) -> String {
    metadata::read(document.as_bytes(), Wanted::default()).unwrap_err().to_string()
}

#[test]
fn what_is_not_json() {
    let deep = "[".repeat(100_000);
    for document in ["", "<!doctype html>", "{'objects': []}", "{\"objects\":", "\u{0}", &deep] {
        assert!(refusal(document).starts_with("the metadata is not JSON: "), "{document:.20}");
    }
}

#[test]
fn another_shape() {
    let no_name = json!([{ "fields": [] }]);
    let numbers = json!([{ "nameSingular": "rocket", "fields": [1] }]);
    let no_type = answer(&[json!({ "name": "motto" })]);
    let no_node = json!({ "objects": { "edges": [{}] } });
    for document in [
        json!(null),
        json!(7),
        json!("objects"),
        json!([]),
        json!({}),
        json!({ "data": null }),
        json!({ "data": { "objects": {} } }),
        json!({ "data": { "objects": { "edges": [] } } }),
        json!({ "data": { "people": [] } }),
        json!({ "openapi": "3.1.1", "paths": { "/open-api/core": {} }, "components": { "schemas": {} } }),
        no_name,
        numbers,
        no_type,
        no_node,
    ] {
        assert!(refusal(&document.to_string()).starts_with("this is no metadata of a workspace: "), "{document}");
    }
}

/// A document of pets gave the record of a pet.
#[test]
fn an_openapi_document_of_something_else() {
    let object = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    let schemas = json!({ "Pet": object, "PetForResponse": object });
    for (title, path) in [("Pets", "/pets"), ("Twenty Api", "/open-api/metadata"), ("", "/")] {
        let document = json!({ "openapi": "3.0.0", "info": { "title": title }, "paths": { path: {} }, "components": { "schemas": schemas } });
        let expected = "this OpenAPI document is not the one of /open-api/core: that has the path /open-api/core, or in old \
             versions the title Twenty Api";
        assert_eq!(refusal(&document.to_string()), expected);
    }
    assert!(
        refusal(&json!({ "components": { "schemas": schemas } }).to_string()).starts_with("this OpenAPI document ")
    );
}

#[test]
fn errors_of_the_server() {
    let document = json!({ "errors": [{ "message": "Token invalid.\u{1b}[2J" }], "data": null });
    let expected = "the server answered with an error instead of metadata: Token invalid.\u{1b}[2J";
    assert_eq!(refusal(&document.to_string()), expected);
}

#[test]
fn objects_without_fields() {
    for object in [json!({ "nameSingular": "rocket" }), json!({ "nameSingular": "rocket", "fields": null })] {
        let expected = "the metadata has no fields of the object rocket: ask for them, too";
        assert_eq!(refusal(&json!([object]).to_string()), expected);
    }
}

/// Windows' tools put one there.
#[test]
fn a_byte_order_mark_is_nothing() {
    let document = format!("\u{feff}{}", answer(&[]));
    assert!(metadata::read(document.as_bytes(), Wanted::default()).is_ok());
}

#[test]
fn what_is_left_out_or_there_twice_is_told() {
    let system = json!([{ "nameSingular": "message", "isSystem": true, "fields": [] }]);
    let described = read(&system, Wanted::default());
    assert_eq!(described.warnings, ["no object is left: all of them are inactive, or the system's"]);

    let twice = json!({ "nameSingular": "rocket", "fields": [] });
    let described = read(&json!([twice, twice]), Wanted::default());
    assert_eq!(described.workspace.objects.len(), 1);
    assert_eq!(described.warnings, ["rocket is described twice: the fields of both count"]);

    let [text, number] = ["TEXT", "NUMBER"].map(|kind| json!({ "name": "motto", "type": kind }));
    let (fields, warnings) = read_rocket(&[text, number]);
    assert_eq!(fields, ["motto?: string | null;"]);
    assert_eq!(warnings, ["rocket.motto is described twice, with other types: one of them counts"]);

    let (fields, warnings) = read_rocket(&[json!({ "name": "", "type": "TEXT" })]);
    assert_eq!(fields, Vec::<String>::new());
    assert_eq!(warnings, ["rocket has a field whose name is empty: it is left out"]);
}

/// Whatever stands anywhere, it is types or an error.
#[test]
fn odd_values_anywhere() {
    let target = json!({ "type": "MANY_TO_ONE", "targetObjectMetadata": { "nameSingular": "task" } });
    let genuine = answer(&[
        json!({ "name": "status", "type": "SELECT", "isNullable": false, "isActive": true, "options": [{ "value": "A" }] }),
        json!({ "name": "builder", "type": "RELATION", "relation": target, "settings": { "joinColumnName": "builderId" } }),
        json!({ "name": "target", "type": "MORPH_RELATION", "morphRelations": [target], "settings": { "relationType": "" } }),
    ]);
    let openapi = json!({ "info": { "title": "Twenty Api" }, "components": { "schemas": { "RocketForResponse": { "properties": {
        "status": { "type": "string", "enum": ["A"] }, "tags": { "type": "array", "items": { "type": "string" } },
    } }, "Rocket": {} } } });
    let odd = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("\u{0}*/"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "": {} }),
    ];
    for document in [genuine, openapi] {
        let places = places(&document, "");
        assert!(places.len() > 10, "{places:?}");
        for place in places {
            for value in &odd {
                let mut document = document.clone();
                *document.pointer_mut(&place).unwrap() = value.clone();
                if let Ok(described) = metadata::read(document.to_string().as_bytes(), Wanted::default()) {
                    assert!(typescript::of_workspace(&described.workspace).ends_with("}\n"), "{place} {value}");
                }
            }
        }
    }
}

/// Pointers to a value and to what it holds.
fn places(value: &Value, place: &str) -> Vec<String> {
    let below: Vec<_> = match value {
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, it)| places(it, &format!("{place}/{at}"))).collect()
        }
        Value::Object(members) => members.iter().flat_map(|(key, it)| places(it, &format!("{place}/{key}"))).collect(),
        _ => Vec::new(),
    };
    [vec![place.to_owned()], below].concat()
}

/// Each in one place of its own.
#[test]
fn ten_thousand_fields() {
    let fields: Vec<Value> =
        (0..10_000).map(|number| json!({ "name": format!("field{number}"), "type": "ADDRESS" })).collect();
    let workspace = read(&answer(&fields), Wanted::default()).workspace;
    for (types, line) in [
        (typescript::of_workspace(&workspace), "  field9999?: Address | null;\n"),
        (python::of_workspace(&workspace), "    field9999: Address | None\n"),
        (pydantic::of_workspace(&workspace), "    field9999: Address | None = None\n"),
        (rust::of_workspace(&workspace), "    pub field9999: Option<Address>,\n"),
        (json_schema::of_workspace(&workspace), "\"field9999\": {\n"),
    ] {
        assert_eq!(types.matches(line).count(), 1, "{line}");
        assert!(types.lines().count() > 10_000);
    }
    // With a comparison of so many fields the stack of rustc 1.95 overflows.
    let rust = rust::of_workspace(&workspace);
    assert_eq!(rust.matches("#[derive(Clone, Default, Deserialize)]\n").count(), 1);
}
