//! Relations, as each version has said of them.

use serde_json::{Value, json};

use crate::read_rocket;

fn relation(more: &Value) -> Value {
    let mut field = json!({ "name": "builder", "type": "RELATION" });
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    field
}

#[test]
fn to_one_record_is_a_key() {
    let company = json!({ "nameSingular": "company" });
    for it in [
        json!({ "relation": { "type": "MANY_TO_ONE", "targetObjectMetadata": company } }),
        json!({ "relation": { "type": "MANY_TO_ONE" }, "settings": { "relationType": "MANY_TO_ONE", "joinColumnName": "builderId" } }),
        json!({ "relation": null, "settings": { "relationType": "MANY_TO_ONE" } }),
        json!({ "relationDefinition": { "direction": "MANY_TO_ONE", "targetObjectMetadata": company } }),
        json!({ "relationDefinition": { "direction": "ONE_TO_ONE", "targetObjectMetadata": company } }),
        json!({ "toRelationMetadata": { "relationType": "ONE_TO_MANY", "fromObjectMetadata": company }, "fromRelationMetadata": null }),
    ] {
        assert_eq!(read_rocket(&[relation(&it)]), (vec!["builderId?: string | null;".to_owned()], vec![]), "{it}");
    }
}

#[test]
fn to_many_records_is_no_key() {
    for it in [
        json!({ "relation": { "type": "ONE_TO_MANY" } }),
        json!({ "settings": { "relationType": "ONE_TO_MANY" } }),
        json!({ "relationDefinition": { "direction": "ONE_TO_MANY" } }),
        json!({ "relationDefinition": { "direction": "MANY_TO_MANY" } }),
        json!({ "fromRelationMetadata": { "relationType": "ONE_TO_MANY" }, "toRelationMetadata": null }),
    ] {
        assert_eq!(read_rocket(&[relation(&it)]), (vec![], vec![]), "{it}");
    }
}

/// A join column can have a name of its own, and old versions list it as a field, too.
#[test]
fn a_key_is_named_by_its_column() {
    let settings = json!({ "relationType": "MANY_TO_ONE", "joinColumnName": "madeById" });
    let fields = [
        relation(&json!({ "settings": settings, "isNullable": false })),
        json!({ "name": "madeById", "type": "UUID" }),
    ];
    assert_eq!(read_rocket(&fields), (vec!["madeById?: string;".to_owned()], vec![]));
}

#[test]
fn without_a_direction_it_is_left_out_with_a_warning() {
    let (fields, warnings) = read_rocket(&[relation(&json!({ "relation": null }))]);
    assert_eq!(fields, Vec::<String>::new());
    assert_eq!(warnings, ["rocket.builder is a relation of no direction: it is left out"]);
}

fn morph(name: &str, settings: &Value, types: [&str; 2]) -> Value {
    let [task, note] = [("task", types[0]), ("note", types[1])]
        .map(|(name, kind)| json!({ "type": kind, "targetObjectMetadata": { "nameSingular": name } }));
    json!({ "name": name, "type": "MORPH_RELATION", "settings": settings, "morphRelations": [task, note] })
}

#[test]
fn to_one_of_several_objects_is_a_key_for_each() {
    let keys = ["targetNoteId?: string | null;", "targetTaskId?: string | null;"].map(str::to_owned);
    let column = json!({ "joinColumnName": "targetTaskId" });
    let none = &Value::Null;
    for (name, settings) in [("target", none), ("target", &column), ("targetTask", &column), ("targetTask", none)] {
        let field = morph(name, settings, ["MANY_TO_ONE"; 2]);
        assert_eq!(read_rocket(&[field]), (keys.to_vec(), vec![]), "{name}");
    }
    // All but one of them are null, whatever the field says.
    let mut not_null = morph("target", none, ["MANY_TO_ONE"; 2]);
    not_null["isNullable"] = json!(false);
    assert_eq!(read_rocket(&[not_null]).0, keys);
    let (fields, _) = read_rocket(&[morph("target", none, ["ONE_TO_MANY", "MANY_TO_ONE"])]);
    assert_eq!(fields, keys[..1]);
}

/// A name can end like an object's.
#[test]
fn to_one_of_several_objects_is_named_by_its_column() {
    let column = json!({ "joinColumnName": "mainTaskTaskId" });
    let (fields, _) = read_rocket(&[morph("mainTask", &column, ["MANY_TO_ONE"; 2])]);
    assert_eq!(fields, ["mainTaskNoteId?: string | null;", "mainTaskTaskId?: string | null;"]);
}

#[test]
fn to_one_of_several_objects_is_there_once_for_each() {
    let fields = ["targetTask", "targetNote"].map(|name| {
        let settings = json!({ "relationType": "MANY_TO_ONE", "joinColumnName": format!("{name}Id") });
        json!({ "name": name, "type": "MORPH_RELATION", "settings": settings })
    });
    let keys = ["targetNoteId?: string | null;", "targetTaskId?: string | null;"].map(str::to_owned);
    assert_eq!(read_rocket(&fields), (keys.to_vec(), vec![]));
    let to_many = json!({ "name": "tasks", "type": "MORPH_RELATION", "settings": { "relationType": "ONE_TO_MANY" } });
    assert_eq!(read_rocket(&[to_many]), (vec![], vec![]));
}

/// REST may not name them.
#[test]
fn to_objects_that_are_not_named_has_a_warning() {
    let (fields, warnings) = read_rocket(&[json!({ "name": "target", "type": "MORPH_RELATION" })]);
    assert_eq!(fields, Vec::<String>::new());
    assert!(warnings[0].starts_with("rocket.target is a relation to any of several objects, "), "{warnings:?}");
}
