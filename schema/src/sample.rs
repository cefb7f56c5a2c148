//! Samples: what the newest version of Twenty sends, as texts that each language's `sample` fills.
//!
//! `<name>` is the event's name, `<object>` what it is about, `<id>` the record's id, `<now>` and `<before>` are moments. In a
//! payload, `<fields>` are those of the record, and `<changed>` is the name of one of them.

use serde_json::json;

use crate::{
    HEAD,
    model::{Field, FieldType, Object, Sample, Workspace},
};

/// A Rust module. Each text is a line, which the formatter would break.
pub fn rust(workspace: &Workspace) -> String {
    let texts = lines(workspace, |key, text| format!("    ({key:?}, {text:?}),\n"));
    format!("// {HEAD}\n//! {DOC}\n\n#[rustfmt::skip]\npub(super) const SAMPLES: &[(&str, &str)] = &[\n{texts}];\n")
}

/// A TypeScript module.
pub fn typescript(workspace: &Workspace) -> String {
    let texts = lines(workspace, |key, text| format!("  {key:?}: String.raw`{text}`,\n"));
    format!("// {HEAD}\n/** {DOC} */\nexport const SAMPLES: Readonly<Record<string, string>> = {{\n{texts}}};\n")
}

/// A Python module.
pub fn python(workspace: &Workspace) -> String {
    let texts = lines(workspace, |key, text| format!("    {key:?}: r'{text}',\n"));
    format!("# {HEAD}\n\"\"\"{DOC}\"\"\"\n\n# fmt: off\nSAMPLES = {{\n{texts}}}\n")
}

const DOC: &str = "The texts of samples, and what to say of a name that has none.";

fn lines(workspace: &Workspace, line: impl Fn(&str, &str) -> String) -> String {
    texts(workspace).iter().map(|(key, text)| line(key, text)).collect()
}

fn texts(workspace: &Workspace) -> Vec<(String, String)> {
    let mut texts: Vec<_> = record_events().into_iter().chain(metadata_events()).collect();
    // Twenty gives each custom object a name, until its users change that.
    let custom = Object::new("", "", [Field::new("name", FieldType::Text).sample("Sample")]);
    for object in workspace.objects.iter().chain([&custom]) {
        let changed = object.fields.iter().find(|field| field.kind == FieldType::Text).map(|field| field.name.clone());
        texts.push((format!("fields.{}", object.name), members(&object.fields, workspace)));
        texts.push((format!("changed.{}", object.name), changed.unwrap_or_default()));
    }
    texts.push(("refusal".into(), REFUSAL.into()));
    texts
}

/// Actions, with when the record was changed and deleted, and which of its fields are new.
fn record_events() -> impl IntoIterator<Item = (String, String)> {
    const NOW: &str = "\"<now>\"";
    const BEFORE: &str = "\"<before>\"";
    [
        ("created", NOW, NOW, "null", ""),
        ("updated", BEFORE, NOW, "null", "<changed>"),
        ("deleted", BEFORE, NOW, NOW, "deletedAt"),
        ("destroyed", BEFORE, BEFORE, BEFORE, ""),
        ("restored", BEFORE, NOW, "null", "deletedAt"),
    ]
    .map(|(action, created, updated, deleted, changed)| {
        let record =
            format!(r#"{{"id":"<id>","createdAt":{created},"updatedAt":{updated},"deletedAt":{deleted},<fields>}}"#);
        let changed = if changed.is_empty() { String::new() } else { format!(r#","updatedFields":["{changed}"]"#) };
        let definition = format!(r#""objectMetadata":{{"id":"{OBJECT_METADATA_ID}","nameSingular":"<object>"}},"#);
        let member = format!(r#""workspaceMemberId":"{WORKSPACE_MEMBER_ID}","#);
        (format!("record.{action}"), format!(r#"{{{}{member}"record":{record}{changed}}}"#, envelope(&definition)))
    })
}

/// Of objects and fields as their definitions are, and of anything else with what every entity has.
fn metadata_events() -> impl IntoIterator<Item = (String, String)> {
    let object = format!(
        r#""nameSingular":"rocket","namePlural":"rockets","labelSingular":"<value>","labelPlural":"Rockets","description":null,"icon":"IconRocket","isCustom":true,"isRemote":false,"isActive":true,"isSystem":false,"isSearchable":true,"isLabelSyncedWithName":false,"workspaceId":"{WORKSPACE_ID}","#
    );
    let field = format!(
        r#""objectMetadataId":"{OBJECT_METADATA_ID}","type":"TEXT","name":"motto","label":"<value>","description":null,"icon":"IconQuote","defaultValue":null,"options":null,"settings":null,"isCustom":true,"isActive":true,"isSystem":false,"isNullable":true,"isUnique":false,"workspaceId":"{WORKSPACE_ID}","#
    );
    let any = format!(r#""workspaceId":"{WORKSPACE_ID}","#);
    [
        ("objectMetadata.", object, "labelSingular", ["Rocket", "Spaceship"]),
        ("fieldMetadata.", field, "label", ["Motto", "Slogan"]),
        ("", any, "updatedAt", ["<before>", "<now>"]),
    ]
    .into_iter()
    .flat_map(|(name, fields, changed, values)| {
        let entity = |value: &str, created, updated| {
            let fields = fields.replace("<value>", value);
            format!(r#"{{"id":"<id>",{fields}"createdAt":"<{created}>","updatedAt":"<{updated}>"}}"#)
        };
        let (new, before) = (entity(values[0], "now", "now"), entity(values[0], "before", "before"));
        let after = entity(values[1], "before", "now");
        let diff = format!(r#"{{"{changed}":{{"before":"{}","after":"{}"}}}}"#, values[0], values[1]);
        [
            ("created", format!(r#"{{"after":{new}}}"#)),
            (
                "updated",
                format!(r#"{{"before":{before},"after":{after},"updatedFields":["{changed}"],"diff":{diff}}}"#),
            ),
            ("deleted", format!(r#"{{"before":{before}}}"#)),
        ]
        .map(|(operation, properties)| {
            let event = format!(
                r#"{{"type":"{operation}","metadataName":"<object>","recordId":"<id>","properties":{properties}}}"#
            );
            (format!("metadata.{name}{operation}"), format!(r#"{{{}"event":{event}}}"#, envelope("")))
        })
    })
    .collect::<Vec<_>>()
}

/// What both begin with.
fn envelope(definition: &str) -> String {
    format!(
        r#""targetUrl":"https://example.com/webhooks/twenty","eventName":"<name>",{definition}"workspaceId":"{WORKSPACE_ID}","webhookId":"{WEBHOOK_ID}","eventDate":"<now>","userId":"{USER_ID}","#
    )
}

fn members(fields: &[Field], workspace: &Workspace) -> String {
    let members = fields.iter().filter_map(|field| {
        let value = match &field.sample {
            Sample::Is(value) => value.to_string(),
            Sample::OfType => of_type(&field.kind, workspace),
            Sample::None => return None,
        };
        Some(format!("{}:{value}", json!(field.name)))
    });
    members.collect::<Vec<_>>().join(",")
}

fn of_type(kind: &FieldType, workspace: &Workspace) -> String {
    let composite = |name: &String| {
        let composite = workspace.composites.iter().find(|composite| composite.name == *name);
        format!("{{{}}}", composite.map_or_else(String::new, |it| members(&it.fields, workspace)))
    };
    match kind {
        FieldType::Uuid => json!(ANY_ID).to_string(),
        FieldType::Text => json!("").to_string(),
        FieldType::Date => json!("<now>").to_string(),
        FieldType::Boolean => json!(true).to_string(),
        FieldType::Number | FieldType::Numeric => json!(1).to_string(),
        FieldType::Select(options) => json!(options.first()).to_string(),
        FieldType::MultiSelect(_) | FieldType::Texts => "[]".into(),
        FieldType::Json => "{}".into(),
        FieldType::Composite(name) => composite(name),
        FieldType::Composites(name) => format!("[{}]", composite(name)),
    }
}

const REFUSAL: &str = "Twenty sends no event of this name: write an object and what happened to it, such as person.created \
    (created, updated, deleted, destroyed or restored), or metadata, what it is about and what happened to it, such as \
    metadata.objectMetadata.updated (created, updated or deleted)";

const WORKSPACE_ID: &str = "20202020-1c25-4d02-bf25-6aeccf7ea001";
const WEBHOOK_ID: &str = "20202020-2b3e-4a5d-9c8f-1e2d3c4b5a02";
const OBJECT_METADATA_ID: &str = "20202020-b4a5-4697-8889-7a6b5c4d3e03";
const ANY_ID: &str = "20202020-6b6b-4c6c-8d6d-6e6e6f6f7004";
pub(crate) const USER_ID: &str = "20202020-9e3b-46d4-a556-88b9ddc2b005";
pub(crate) const WORKSPACE_MEMBER_ID: &str = "20202020-0687-4c41-b707-ed1bfca97206";
pub(crate) const PERSON_ID: &str = "20202020-1c25-4d02-bf25-6aeccf7ea407";
pub(crate) const COMPANY_ID: &str = "20202020-3ec3-4fe3-8997-b76aa0bfa408";

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::texts;
    use crate::standard;

    /// A backtick or a quote would end the text in some language, and a stray `<` would be taken for a place.
    #[test]
    fn texts_are_safe_in_every_language() {
        for (key, text) in texts(&standard()) {
            assert!(!text.contains(['`', '\'']) && !text.contains("${"), "{key}");
            let places = text.split('<').skip(1).map(|rest| rest.split_once('>').map_or("", |(place, _)| place));
            let known = ["name", "object", "id", "now", "before", "fields", "changed"];
            assert!(places.clone().all(|place| known.contains(&place)), "{key}");
            let filled = text.replace("<fields>", "\"a\":1");
            if key.starts_with("record.") || key.starts_with("metadata.") {
                assert!(serde_json::from_str::<Value>(&filled).is_ok_and(|payload| payload.is_object()), "{key}");
            }
        }
    }
}
