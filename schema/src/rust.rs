//! Rust: structs that serde reads.

use crate::{
    HEAD,
    model::{Field, FieldType, Object, Workspace},
    text::{capitalized, lines, snake, words},
};

/// The typed records of the crate `twenty-webhook`.
pub fn records(workspace: &Workspace) -> String {
    let any_record = Object::new("anyRecord", "A record of any object that has no type here: a custom one.", []);
    let records = workspace.objects.iter().chain([&any_record]).map(|object| record(object, &workspace.any_record));
    let composites = workspace.composites.iter().map(composite);
    let structs: Vec<_> = records.chain(composites).collect();
    format!("// {HEAD}\n//! The types themselves.\n\n{USES}\n{}", structs.join("\n"))
}

const USES: &str = "\
use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::NumberAsSent;
";

/// The type of an object's records.
fn record(object: &Object, any_record: &[Field]) -> String {
    let mut fields: String = any_record.iter().chain(&object.fields).map(field).collect();
    fields += "    /// Every other field, by its name.\n    #[serde(flatten)]\n    pub custom: Map<String, Value>,\n";
    structure(object, &fields, "Shows which record it is, and nothing of what it holds.", ".field(\"id\", &self.id)")
}

fn composite(composite: &Object) -> String {
    let fields: String = composite.fields.iter().map(field).collect();
    structure(composite, &fields, "Shows nothing of what it holds.", "")
}

fn structure(object: &Object, fields: &str, debug_doc: &str, shown: &str) -> String {
    let name = capitalized(&object.name);
    let doc = lines(&object.doc, "/// ").join("\n");
    format!(
        "\
{doc}
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = \"camelCase\", default)]
#[non_exhaustive]
pub struct {name} {{
{fields}}}

impl fmt::Debug for {name} {{
    /// {debug_doc}
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        f.debug_struct(\"{name}\"){shown}.finish_non_exhaustive()
    }}
}}
"
    )
}

/// Every public field is documented, if only by its name.
fn field(field: &Field) -> String {
    let doc = field.doc_with_options().unwrap_or_else(|| format!("{}.", capitalized(&words(&field.name))));
    let doc = lines(&doc, "    /// ").join("\n");
    let name = snake(&field.name);
    let raw = if KEYWORDS.contains(&format!(" {name} ")) { "r#" } else { "" };
    format!("{doc}\n    pub {raw}{name}: Option<{}>,\n", of(&field.kind))
}

fn of(kind: &FieldType) -> String {
    match kind {
        FieldType::Uuid | FieldType::Text | FieldType::Date | FieldType::Select(_) => "String".into(),
        FieldType::Boolean => "bool".into(),
        FieldType::Number => "f64".into(),
        FieldType::Numeric => "NumberAsSent".into(),
        FieldType::MultiSelect(_) | FieldType::Texts => "Vec<String>".into(),
        FieldType::Json => "Value".into(),
        FieldType::Composite(name) => capitalized(name),
        FieldType::Composites(name) => format!("Vec<{}>", capitalized(name)),
    }
}

/// Those that a name may be if it is marked as raw.
const KEYWORDS: &str = " abstract as async await become box break const continue do dyn else enum extern false final fn for gen if \
    impl in let loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe \
    unsized use virtual where while yield ";
