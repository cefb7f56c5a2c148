//! Python: `TypedDict`s.

use crate::{
    HEAD, HEAD_OF_WORKSPACE,
    model::{Field, FieldType, Object, Workspace},
    names::{is_identifier, quoted_in_python},
    text::{capitalized, lines},
};

/// The typed records of the Python package.
pub fn records(workspace: &Workspace) -> String {
    let any_record = Object::new(ANY_RECORD, "What every record has.", workspace.any_record.clone());
    let composites = workspace.composites.iter().chain([&any_record]).map(|object| class(object, "TypedDict", &[]));
    let objects = workspace.objects.iter().map(|object| class(object, &any_record.type_name, &[]));
    format!("# {HEAD}\n{START}{}", composites.chain(objects).collect::<String>())
}

/// A module with the typed records of a workspace.
pub fn of_workspace(workspace: &Workspace) -> String {
    let types = types(workspace, &["Required", "TypedDict"]);
    let classes =
        workspace.composites.iter().chain(&workspace.objects).map(|object| class(object, "TypedDict", &types));
    let classes = classes.collect::<String>();
    format!("# {HEAD_OF_WORKSPACE}\n{START_OF_WORKSPACE}\n{}{classes}", imports(workspace, "TypedDict", ""))
}

const ANY_RECORD: &str = "anyRecord";
const INDENT: &str = "    ";

const START: &str = r#""""The records of Twenty's standard objects, as `TypedDict`s for type checkers.

A record is whatever was sent: any key but `id` may be missing, and custom fields are keys of their own. A number is an
`int` or a `float`, as `json.loads` makes it. `twenty-webhook types` writes the records of your workspace; by hand, extend
a class:

    class MyPerson(Person, total=False):
        tier: str
"""

from __future__ import annotations

from typing import Any, Required, TypedDict
"#;

const START_OF_WORKSPACE: &str = r#""""The records of a workspace, as `TypedDict`s for type checkers: `event.record_as(Person)`.

A record is whatever was sent: any key but `id` may be missing, and fields that were added since are keys of their own.
A number is an `int` or a `float`, as `json.loads` makes it.
"""

from __future__ import annotations
"#;

/// What the annotations need, and no more.
pub(crate) fn imports(workspace: &Workspace, base: &str, others: &str) -> String {
    let fields: Vec<_> =
        workspace.composites.iter().chain(&workspace.objects).flat_map(|object| &object.fields).collect();
    let is_dict = base == "TypedDict";
    let any = fields.iter().any(|field| field.kind == FieldType::Json).then_some("Any");
    let required = (is_dict && fields.iter().any(|field| field.is_always_sent())).then_some("Required");
    let typing: Vec<_> = any.into_iter().chain(required).chain(is_dict.then_some(base)).collect();
    let typing = if typing.is_empty() { String::new() } else { format!("from typing import {}\n", typing.join(", ")) };
    [typing, others.to_owned()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The names that classes use, with those that the module imports: a field of such a name would stand for them within its
/// class.
pub(crate) fn types(workspace: &Workspace, imported: &[&str]) -> Vec<String> {
    let classes = workspace.composites.iter().chain(&workspace.objects).map(|object| object.type_name.clone());
    classes.chain(IN_ANNOTATIONS.iter().chain(imported).map(|&name| name.to_owned())).collect()
}

const IN_ANNOTATIONS: [&str; 6] = ["Any", "bool", "float", "int", "list", "str"];

/// Keys that no class can have as names are those of another `TypedDict`, which it extends.
fn class(object: &Object, base: &str, types: &[String]) -> String {
    let name = &object.type_name;
    let doc = docstring(&object.doc, INDENT);
    let is_key = |field: &&Field| !is_name(&field.name) || types.contains(&field.name);
    let (keys, names): (Vec<_>, Vec<_>) = object.fields.iter().partition(is_key);
    let fields: String = names.into_iter().map(field).collect();
    let fields = if fields.is_empty() { fields } else { format!("\n{fields}") };
    if keys.is_empty() {
        return format!("\n\nclass {name}({base}, total=False):\n{doc}{fields}");
    }
    let keys: String =
        keys.iter().map(|field| format!("    {}: \"{}\",\n", quoted_in_python(&field.name), member(field))).collect();
    format!(
        "\n\n_{name}Keys = TypedDict(\n    \"_{name}Keys\",\n    {{\n{}    }},\n    total=False,\n)\n\n\nclass {name}(_{name}Keys, total=False):\n{doc}{fields}",
        keys.lines().map(|line| format!("    {line}\n")).collect::<String>()
    )
}

/// Whether a class can have it as the name of a field. Python changes names that begin with two underscores.
pub(crate) fn is_name(name: &str) -> bool {
    is_identifier(name) && !name.starts_with("__") && !KEYWORDS.split_whitespace().any(|word| word == name)
}

fn field(field: &Field) -> String {
    let doc = field.doc_with_options().map_or_else(String::new, |doc| docstring(&doc, INDENT));
    format!("    {}: {}\n{doc}", field.name, member(field))
}

fn member(field: &Field) -> String {
    let annotation = annotation(field);
    if field.is_always_sent() { format!("Required[{annotation}]") } else { annotation }
}

fn annotation(field: &Field) -> String {
    let null = if field.is_nullable && field.kind != FieldType::Json { " | None" } else { "" };
    format!("{}{null}", of(&field.kind))
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

pub(crate) fn of(kind: &FieldType) -> String {
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

const KEYWORDS: &str = "False None True and as assert async await break class continue def del elif else except finally for from \
    global if import in is lambda nonlocal not or pass raise return try while with yield";
