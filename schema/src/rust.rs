//! Rust: structs that serde reads.

use crate::{
    HEAD, HEAD_OF_WORKSPACE,
    model::{Field, FieldType, Object, Workspace},
    names::{Taken, identifier},
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

/// A module with the typed records of a workspace, for crates that use `twenty-webhook`, `serde` and `serde_json`.
pub fn of_workspace(workspace: &Workspace) -> String {
    let records = workspace.objects.iter().map(|object| record(object, &workspace.any_record));
    let structs: Vec<_> = records.chain(workspace.composites.iter().map(composite)).collect();
    let structs = structs.join("\n");
    let number =
        if structs.contains("Option<NumberAsSent>") { "use twenty_webhook::records::NumberAsSent;\n" } else { "" };
    format!("// {HEAD_OF_WORKSPACE}\n//! The records of a workspace.\n\n{USES_OF_WORKSPACE}{number}\n{structs}")
}

const USES: &str = "\
use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::NumberAsSent;
";

const USES_OF_WORKSPACE: &str = "\
#![allow(dead_code, reason = \"a receiver may use some of them\")]
#![allow(clippy::pedantic, reason = \"names are the workspace's\")]

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};
";

/// The type of an object's records.
fn record(object: &Object, any_record: &[Field]) -> String {
    let mut fields = fields(any_record.iter().chain(&object.fields));
    fields += "    /// Every other field, by its name.\n    #[serde(flatten)]\n    pub custom: Map<String, Value>,\n";
    structure(
        object,
        &fields,
        "Shows which record it is, and nothing of what it holds.",
        "shown.field(\"id\", &self.id)",
    )
}

fn composite(composite: &Object) -> String {
    structure(composite, &fields(&composite.fields), "Shows nothing of what it holds.", "shown")
}

fn structure(object: &Object, fields: &str, debug_doc: &str, shown: &str) -> String {
    let name = &object.type_name;
    let doc = lines(&object.doc, "/// ").join("\n");
    let comparison = if object.fields.len() > MOST_COMPARED { "" } else { " PartialEq," };
    format!(
        "\
{doc}
#[derive(Clone, Default,{comparison} Deserialize)]
#[serde(rename_all = \"camelCase\", default)]
#[non_exhaustive]
pub struct {name} {{
{fields}}}

impl fmt::Debug for {name} {{
    /// {debug_doc}
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        let mut shown = f.debug_struct(\"{name}\");
        {shown}.finish_non_exhaustive()
    }}
}}
"
    )
}

fn fields<'f>(fields: impl IntoIterator<Item = &'f Field>) -> String {
    let mut taken = Taken::of([CUSTOM.to_owned()]);
    fields.into_iter().map(|it| field(it, &mut taken)).collect()
}

/// Every public field is documented, if only by its name.
fn field(field: &Field, taken: &mut Taken) -> String {
    let doc = field.doc_with_options().unwrap_or_else(|| format!("{}.", capitalized(words(&field.name).trim())));
    let doc = lines(&doc, "    /// ").join("\n");
    let name = identifier(&snake(&field.name), |name| NEVER_RAW.contains(&name), taken);
    let rename =
        if camel(&name) == field.name { String::new() } else { format!("    #[serde(rename = {:?})]\n", field.name) };
    let raw = if KEYWORDS.contains(&format!(" {name} ")) { "r#" } else { "" };
    format!("{doc}\n{rename}    pub {raw}{name}: Option<{}>,\n", of(&field.kind))
}

/// What serde makes of a field's name.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| camel + &capitalized(word))
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

const NEVER_RAW: [&str; 3] = ["crate", "self", "super"];

/// A comparison of fields is an expression in an expression for each, and with 10,000 the compiler's stack overflows. A table
/// of PostgreSQL has no more columns than this, so no object has.
const MOST_COMPARED: usize = 1600;

/// The field that has all others.
const CUSTOM: &str = "custom";
