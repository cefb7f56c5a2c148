//! The document of `/open-api/core`.

use serde_json::{Value, json};
use twenty_webhook_schema::Wanted;

use crate::{fields, read};

fn document(properties: &Value) -> Value {
    json!({
        "openapi": "3.1.1",
        "paths": { "/open-api/core": {} },
        "components": { "schemas": {
            "SpaceRocket": { "type": "object", "properties": { "sentOnly": { "type": "string" } } },
            "SpaceRocketForUpdate": { "type": "object" },
            "SpaceRocketForResponse": { "type": "object", "properties": properties },
            "Unrelated": { "type": "object", "properties": {} },
        } },
    })
}

#[test]
fn has_the_properties_of_what_comes_back() {
    let id = json!({ "type": "string", "format": "uuid" });
    let text = json!({ "type": "string" });
    let properties = json!({
        "id": id,
        "serialNumber": id,
        "builderId": id,
        "builder": { "type": "object", "oneOf": [{ "$ref": "#/components/schemas/CompanyForResponse" }] },
        "passengers": { "type": "array", "items": { "$ref": "#/components/schemas/PersonForResponse" } },
        "motto": text,
        "builtOn": { "type": "string", "format": "date" },
        "status": { "type": "string", "enum": ["BUILT"] },
        "orbits": { "type": "array", "items": { "type": "string", "enum": ["LOW"] } },
        "tags": { "type": "array", "items": text },
        "stageCount": { "type": "integer" },
        "thrust": { "type": "number" },
        "isReusable": { "type": "boolean" },
        "plan": { "type": "object" },
        "commander": { "type": "object", "properties": { "firstName": text, "lastName": text } },
        "contacts": { "type": "object", "properties": { "primaryEmail": text } },
        "hotlines": { "type": "object", "properties": { "primaryPhoneNumber": text } },
        "site": { "type": "object", "properties": { "primaryLinkUrl": text } },
        "price": { "type": "object", "properties": { "amountMicros": { "type": "number" } } },
        "factory": { "type": "object", "properties": { "addressCity": text } },
        "createdBy": { "type": "object", "properties": { "source": text } },
        "notes": { "type": "object", "properties": { "blocknote": text } },
        "blueprints": { "type": "array", "items": { "type": "object", "properties": { "fileId": text } } },
    });
    let described = read(&document(&properties), Wanted::default());
    assert_eq!(described.workspace.objects[0].name, "spaceRocket");
    assert_eq!(
        fields(&described, "SpaceRocket"),
        [
            "blueprints?: FileItem[] | null;",
            "builderId?: string | null;",
            "builtOn?: string | null;",
            "commander?: FullName | null;",
            "contacts?: Emails | null;",
            "createdBy?: Actor | null;",
            "factory?: Address | null;",
            "hotlines?: Phones | null;",
            "isReusable?: boolean | null;",
            "motto?: string | null;",
            "notes?: RichText | null;",
            r#"orbits?: ("LOW" | (string & {}))[] | null;"#,
            "plan?: unknown;",
            "price?: Currency | null;",
            "serialNumber?: string | null;",
            "site?: Links | null;",
            "stageCount?: number | null;",
            r#"status?: "BUILT" | (string & {}) | null;"#,
            "tags?: string[] | null;",
            "thrust?: number | null;",
        ]
    );
    assert_eq!(described.warnings, Vec::<String>::new());
}

/// Of 2024.
#[test]
fn of_old_versions_has_one_schema_for_both_ways() {
    let rocket = json!({ "type": "object", "properties": {
        "motto": { "type": "string" },
        "builder": { "description": "Who built it" },
        "builderId": { "type": "string" },
        "passengers": { "type": "array", "items": { "$ref": "#/components/schemas/Person" } },
        "site": { "type": "object", "properties": { "label": { "type": "string" }, "url": { "type": "string" } } },
    } });
    let rockets = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Rocket" } });
    let expected = ["builderId?: string | null;", "motto?: string | null;", "site?: Link | null;"];
    for schemas in [
        json!({ "Rocket": rocket, "Rockets": rockets, "Rocket with Relations": { "type": "object", "properties": {} } }),
        json!({ "Rocket": { "type": "object", "properties": {} }, "Rocket for Update": rocket, "Rocket for Response": rocket }),
    ] {
        let described = read(
            &json!({ "info": { "title": "Twenty Api" }, "components": { "schemas": schemas } }),
            Wanted::default(),
        );
        assert_eq!(described.workspace.objects.len(), 1);
        assert_eq!(fields(&described, "Rocket"), expected);
        assert_eq!(described.warnings, Vec::<String>::new());
    }
}

#[test]
fn has_schemas_that_are_not_known() {
    for schema in [
        json!({}),
        json!({ "type": "null" }),
        json!({ "type": "array" }),
        json!({ "type": "object", "properties": {} }),
    ] {
        let described = read(&document(&json!({ "it": schema })), Wanted::default());
        assert_eq!(fields(&described, "SpaceRocket"), ["it?: unknown;"], "{schema}");
        let warning = "spaceRocket.it is of a schema, which is not known here: it is typed as any JSON";
        assert_eq!(described.warnings, [warning], "{schema}");
    }
}
