//! Python: models of pydantic, which check a record.

use crate::{
    HEAD_OF_WORKSPACE,
    model::{Field, FieldType, Object, Workspace},
    names::{Taken, identifier, quoted_in_python},
    python::{docstring, imports, is_name, of, types},
};

/// A module with the records of a workspace.
pub fn of_workspace(workspace: &Workspace) -> String {
    let types = types(workspace, &["BaseModel", "ConfigDict", "Field"]);
    let classes: Vec<_> =
        workspace.composites.iter().chain(&workspace.objects).map(|object| class(object, &types)).collect();
    let has_aliases = classes.iter().any(|class| class.contains(" = Field("));
    let names = if has_aliases { "BaseModel, ConfigDict, Field" } else { "BaseModel, ConfigDict" };
    let imports = imports(workspace, "BaseModel", &format!("from pydantic import {names}\n"));
    format!("# {HEAD_OF_WORKSPACE}\n{START}\n{imports}{}", classes.concat())
}

const START: &str = r#""""The records of a workspace, as models of pydantic 2: `event.record_as(Person)` checks the record.

A record is whatever was sent: any key may be missing, and is `None` then. Fields that were added since are extras. A
number is an `int` or a `float`. A selection is any text, because options are added.
"""

from __future__ import annotations
"#;

fn class(object: &Object, types: &[String]) -> String {
    let doc = docstring(&object.doc, "    ");
    let is_reserved = |name: &str| {
        !is_name(name)
            || name.starts_with("model_")
            || types.iter().any(|it| it == name)
            || OF_BASE_MODEL.split_whitespace().any(|word| word == name)
    };
    // A key that is a name keeps it, whatever the others are turned into.
    let mut taken = Taken::of(object.fields.iter().map(|field| field.name.clone()));
    let fields: String = object.fields.iter().map(|it| field(it, &is_reserved, &mut taken)).collect();
    format!(
        "\n\nclass {}(BaseModel):\n{doc}\n    model_config = ConfigDict(extra=\"allow\", protected_namespaces=())\n\n{fields}",
        object.type_name
    )
}

fn field(field: &Field, is_reserved: &dyn Fn(&str) -> bool, taken: &mut Taken) -> String {
    let doc = field.doc_with_options().map_or_else(String::new, |doc| docstring(&doc, "    "));
    let null = if field.kind == FieldType::Json { "" } else { " | None" };
    let kind = format!("{}{null}", of(&field.kind));
    if !field.name.starts_with('_') && !is_reserved(&field.name) {
        return format!("    {}: {kind} = None\n{doc}", field.name);
    }
    let name = identifier(&field.name, is_reserved, taken);
    format!("    {name}: {kind} = Field(default=None, alias={})\n{doc}", quoted_in_python(&field.name))
}

/// What a field would hide.
const OF_BASE_MODEL: &str = "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json \
    update_forward_refs validate";
