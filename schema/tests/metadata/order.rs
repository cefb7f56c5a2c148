//! The order in which a server lists things, which changes from one answer to the next.

use serde_json::{Value, json};
use twenty_webhook_schema::{Wanted, Workspace, json_schema, pydantic, python, rust, typescript};

use crate::{fields, read, rocket};

const EMITTERS: [fn(&Workspace) -> String; 5] = [
    typescript::of_workspace,
    python::of_workspace,
    pydantic::of_workspace,
    rust::of_workspace,
    json_schema::of_workspace,
];

fn types(document: &Value) -> Vec<String> {
    let workspace = read(document, Wanted { inactive: true, system: true }).workspace;
    EMITTERS.iter().map(|emit| emit(&workspace)).collect()
}

/// Every array whose order says nothing: that of options is what their users chose.
fn reverse(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.reverse();
            items.iter_mut().for_each(reverse);
        }
        Value::Object(members) => {
            members.iter_mut().filter(|(key, _)| *key != "options").for_each(|(_, item)| reverse(item));
        }
        _ => {}
    }
}

#[test]
fn does_not_matter() {
    let rockets = include_str!("../../../tests/workspaces/rockets/metadata.json");
    let hostile = include_str!("../../../tests/workspaces/hostile/metadata.json");
    for document in [rockets, hostile] {
        let document: Value = serde_json::from_str(document).unwrap();
        let mut reversed = document.clone();
        reverse(&mut reversed);
        assert!(types(&reversed) == types(&document), "the order of the server changes the types");
    }
}

/// A relation `company` and a field `companyId` have one key, and it is the relation's.
#[test]
fn a_relation_counts_more_than_a_field_of_its_key() {
    let target = json!({ "type": "MANY_TO_ONE", "targetObjectMetadata": { "nameSingular": "company" } });
    let relation = json!({ "name": "builder", "type": "RELATION", "isNullable": false, "relation": target });
    for (field, expected) in [
        (json!({ "name": "builderId", "type": "UUID" }), [].as_slice()),
        (
            json!({ "name": "builderId", "type": "NUMBER", "isNullable": false }),
            &["rocket.builderId is described twice: the relation counts"],
        ),
    ] {
        for both in [[&relation, &field], [&field, &relation]] {
            let described = read(&json!([rocket(&both.map(Clone::clone))]), Wanted::default());
            assert_eq!(fields(&described, "Rocket"), ["builderId?: string;"]);
            let builder = described.workspace.objects[0].fields.iter().find(|field| field.name == "builderId");
            assert_eq!(builder.unwrap().doc.as_deref(), Some("The id of the builder, a company."));
            assert_eq!(described.warnings, expected);
        }
    }
}

#[test]
fn of_what_is_described_twice_does_not_matter() {
    let text = json!({ "name": "motto", "type": "TEXT", "isNullable": false });
    let number = json!({ "name": "motto", "type": "NUMBER" });
    let one = json!({ "nameSingular": "rocket", "fields": [text, number] });
    let other = json!({ "nameSingular": "rocket", "fields": [{ "name": "crew", "type": "ARRAY" }, number] });
    let [rocket, big] = ["rocket", "bigRocket"]
        .map(|name| json!({ "type": "MANY_TO_ONE", "targetObjectMetadata": { "nameSingular": name } }));
    let morph = json!({ "name": "targetBigRocket", "type": "MORPH_RELATION", "morphRelations": [rocket, big] });
    let document = json!([one, other, { "nameSingular": "pad", "fields": [morph] }]);
    let mut reversed = document.clone();
    reverse(&mut reversed);
    assert_eq!(types(&reversed), types(&document));
    let described = read(&document, Wanted::default());
    assert_eq!(fields(&described, "Rocket"), ["crew?: string[] | null;", "motto?: string;"]);
    let key = described.workspace.objects[0].fields.iter().find(|field| field.name.starts_with("target"));
    assert_eq!(key.unwrap().name, "targetBigRocketId");
}
