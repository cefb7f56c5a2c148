//! TypeScript: interfaces.

use crate::{
    HEAD, HEAD_OF_WORKSPACE,
    model::{Field, FieldType, Object, Workspace},
    names::{is_identifier, quoted},
    standard,
    text::{MOST_COLUMNS, capitalized, lines},
};

/// The typed records of the npm package.
pub fn records(workspace: &Workspace) -> String {
    let names = names(&workspace.objects);
    let any_record = interface(ANY_RECORD_DOC, ANY_RECORD, "", &fields(&workspace.any_record), ANY_FIELD);
    format!("// {HEAD}\n{RECORDS_DOC}{names}\n{any_record}\n{}", interfaces(workspace, |_| Vec::new()))
}

/// A module with the typed records of a workspace, which become those of the npm package.
pub fn of_workspace(workspace: &Workspace) -> String {
    let objects: Vec<_> = workspace.objects.iter().map(|object| (key(&object.name), &object.type_name)).collect();
    let types: String = objects.iter().map(|(key, name)| format!("  {key}: {name};\n")).collect();
    // There the package's own `Person` hides the one of this module.
    let merged: String =
        objects.iter().map(|(key, _)| format!("    {key}: WorkspaceRecords[{}];\n", as_text(key))).collect();
    let Workspace { any_record, objects: wider, .. } = standard();
    let interfaces = interfaces(workspace, |name| {
        let wider = wider.iter().filter(|wider| wider.name == name).flat_map(|wider| &wider.fields);
        any_record.iter().chain(wider).collect()
    });
    format!(
        "// {HEAD_OF_WORKSPACE}
import type {{ {ANY_RECORD} }} from \"twenty-webhook\";

/** The records of each object of this workspace, by the object's name. */
export interface WorkspaceRecords {{
{types}}}

declare module \"twenty-webhook\" {{
  interface Records {{
{merged}  }}
}}

{interfaces}"
    )
}

const ANY_RECORD: &str = "StandardRecord";
const ANY_RECORD_DOC: &str = "What every record has; custom fields are further keys, with names their users chose. A record \
    is whatever was sent: any key but `id` may be missing. One destroyed before it was read is `{}`: its event has no `recordId`.";
const ANY_FIELD: &str = "  [customField: string]: unknown;\n";

/// The types by the name of the object, for users to add to and to narrow.
fn names(objects: &[Object]) -> String {
    let mut names: Vec<_> =
        objects.iter().map(|object| format!("  {}: {};\n", key(&object.name), object.type_name)).collect();
    names.sort();
    format!(
        "export interface Records extends StandardRecords {{}}\n\n/** Those of Twenty's own objects. */\nexport interface StandardRecords {{\n{}}}\n",
        names.concat()
    )
}

const RECORDS_DOC: &str = "\
/**
 * The records of each object, by the object's name. `twenty-webhook types` writes those of your workspace; by hand:
 *
 * ```ts
 * declare module \"twenty-webhook\" {
 *   interface Records { rocket: Rocket }
 * }
 * ```
 */
";

/// Of the objects, each with the fields of the interfaces that it narrows, and of the composite types.
fn interfaces<'f>(workspace: &Workspace, inherited: impl Fn(&str) -> Vec<&'f Field>) -> String {
    let extends = format!(" extends {ANY_RECORD}");
    let objects = workspace.objects.iter().map(|object| {
        let inherited = inherited(&object.name);
        let fields: String = object.fields.iter().map(|field| narrowing(field, &inherited)).collect();
        interface(&object.doc, &object.type_name, &extends, &fields, "")
    });
    let composites =
        workspace.composites.iter().map(|it| interface(&it.doc, &it.type_name, "", &fields(&it.fields), ""));
    objects.chain(composites).collect::<Vec<_>>().join("\n")
}

fn interface(doc: &str, name: &str, extends: &str, fields: &str, last: &str) -> String {
    let doc = comment(doc, "");
    format!("{doc}export interface {name}{extends} {{\n{fields}{last}}}\n")
}

fn fields(fields: &[Field]) -> String {
    fields.iter().map(field).collect()
}

fn field(field: &Field) -> String {
    let null = if field.is_nullable && field.kind != FieldType::Json { " | null" } else { "" };
    member(field, &format!("{}{null}", of(&field.kind)))
}

fn member(field: &Field, kind: &str) -> String {
    let doc = field.doc.as_ref().map_or_else(String::new, |doc| comment(doc, "  "));
    let optional = if field.is_always_sent() { "" } else { "?" };
    format!("{doc}  {}{optional}: {kind};\n", key(&field.name))
}

/// An interface has no field of another type than the interface that it is to stand for.
fn narrowing(own: &Field, inherited: &[&Field]) -> String {
    let fits = |field: &&Field| (field.is_nullable || !own.is_nullable) && own.kind.narrows(&field.kind);
    if inherited.iter().find(|field| field.name == own.name).is_none_or(fits) {
        return field(own);
    }
    member(&own.clone().doc("Twenty's own field of this name has another type."), "any")
}

/// A key of an interface.
fn key(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { quoted(name) }
}

/// A key as a text.
fn as_text(key: &str) -> String {
    if key.starts_with('"') { key.to_owned() } else { quoted(key) }
}

/// Of one line, if it fits.
pub(crate) fn comment(doc: &str, indent: &str) -> String {
    let line = format!("{indent}/** {doc} */\n");
    if line.chars().count() <= MOST_COLUMNS {
        return line;
    }
    format!("{indent}/**\n{}\n{indent} */\n", lines(doc, &format!("{indent} * ")).join("\n"))
}

fn of(kind: &FieldType) -> String {
    match kind {
        FieldType::Uuid | FieldType::Text | FieldType::Date => "string".into(),
        FieldType::Boolean => "boolean".into(),
        FieldType::Number => "number".into(),
        FieldType::Numeric => "number | string".into(),
        FieldType::Select(options) => option_of(options),
        FieldType::MultiSelect(options) => format!("({})[]", option_of(options)),
        FieldType::Texts => "string[]".into(),
        FieldType::Json => "unknown".into(),
        FieldType::Composite(name) => capitalized(name),
        FieldType::Composites(name) => format!("{}[]", capitalized(name)),
    }
}

/// Any text, with completion of those known.
fn option_of(options: &[String]) -> String {
    let known: String = options.iter().map(|option| format!("{} | ", quoted(option))).collect();
    format!("{known}(string & {{}})")
}
