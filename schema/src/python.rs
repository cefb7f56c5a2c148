//! Python: `TypedDict`s.

use crate::{
    HEAD,
    model::{Field, FieldType, Object, Workspace},
    text::{capitalized, lines},
};

/// The typed records of the Python package.
pub fn records(workspace: &Workspace) -> String {
    let any_record = Object::new(ANY_RECORD, "What every record has.", workspace.any_record.clone());
    let composites = workspace.composites.iter().chain([&any_record]).map(|object| class(object, "TypedDict"));
    let objects = workspace.objects.iter().map(|object| class(object, &capitalized(ANY_RECORD)));
    format!("# {HEAD}\n{START}{}", composites.chain(objects).collect::<String>())
}

const ANY_RECORD: &str = "anyRecord";
const INDENT: &str = "    ";

const START: &str = r#""""The records of Twenty's standard objects, as `TypedDict`s for type checkers.

A record is whatever was sent: any key may be missing, and custom fields are keys of their own. A number is an `int` or a
`float`, as `json.loads` makes it. For fields of your own, extend a class:

    class MyPerson(Person, total=False):
        tier: str
"""

from __future__ import annotations

from typing import Any, TypedDict
"#;

fn class(object: &Object, base: &str) -> String {
    let doc = docstring(&object.doc, INDENT);
    let fields: String = object.fields.iter().map(field).collect();
    format!("\n\nclass {}({base}, total=False):\n{doc}\n{fields}", capitalized(&object.name))
}

fn field(field: &Field) -> String {
    let doc = field.doc_with_options().map_or_else(String::new, |doc| docstring(&doc, INDENT));
    let null = if field.is_nullable && field.kind != FieldType::Json { " | None" } else { "" };
    format!("    {}: {}{null}\n{doc}", field.name, of(&field.kind))
}

pub(crate) fn docstring(doc: &str, indent: &str) -> String {
    let mut lines = lines(&format!("\"\"\"{doc}"), indent);
    if let [line] = &mut lines[..] {
        line.push_str("\"\"\"");
    } else {
        lines.push(format!("{indent}\"\"\""));
    }
    lines.join("\n") + "\n"
}

fn of(kind: &FieldType) -> String {
    match kind {
        FieldType::Uuid | FieldType::Text | FieldType::Date | FieldType::Select(_) => "str".into(),
        FieldType::Boolean => "bool".into(),
        FieldType::Number => "int | float".into(),
        FieldType::Numeric => "int | float | str".into(),
        FieldType::MultiSelect(_) | FieldType::Texts => "list[str]".into(),
        FieldType::Json => "Any".into(),
        FieldType::Composite(name) => capitalized(name),
        FieldType::Composites(name) => format!("list[{}]", capitalized(name)),
    }
}
