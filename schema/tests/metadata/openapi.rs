//! The document of `/open-api/core`.

use serde_json::{Value, json};
use twenty_webhook_schema::Wanted;

use crate::{fields, read};

fn document(properties: &Value) -> Value {
    json!({
        "openapi": "3.1.1",
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
