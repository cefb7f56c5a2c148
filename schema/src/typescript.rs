//! TypeScript: interfaces.

use crate::{
    HEAD,
    model::{Field, FieldType, Object, Workspace},
    text::{MOST_COLUMNS, capitalized, lines},
};

/// The typed records of the npm package.
pub fn records(workspace: &Workspace) -> String {
    let any_record = interface(ANY_RECORD_DOC, ANY_RECORD, "", &workspace.any_record, ANY_FIELD);
    let extends = format!(" extends {ANY_RECORD}");
    let objects = workspace.objects.iter().map(|object| named(object, &extends));
    let composites = workspace.composites.iter().map(|composite| named(composite, ""));
    let interfaces: Vec<_> = [any_record].into_iter().chain(objects).chain(composites).collect();
    format!("// {HEAD}\n{}\n{}", names(&workspace.objects), interfaces.join("\n"))
}

const ANY_RECORD: &str = "StandardRecord";
const ANY_RECORD_DOC: &str = "What every record has; custom fields are further keys, with names their users chose. A record \
    is whatever was sent: any key may be missing, and a record destroyed before it was read is `{}`.";
const ANY_FIELD: &str = "  [customField: string]: unknown;\n";

/// The types by the name of the object, for users to add to.
fn names(objects: &[Object]) -> String {
    let mut names: Vec<_> =
        objects.iter().map(|object| format!("  {}: {};\n", object.name, capitalized(&object.name))).collect();
    names.sort();
    format!("{RECORDS_DOC}export interface Records {{\n{}}}\n", names.concat())
}

const RECORDS_DOC: &str = "\
/**
 * The records of each object, by the object's name. Add your own:
 *
 * ```ts
 * declare module \"twenty-webhook\" {
 *   interface Records { rocket: Rocket }
 * }
 * ```
 */
";

fn named(object: &Object, extends: &str) -> String {
    interface(&object.doc, &capitalized(&object.name), extends, &object.fields, "")
}

fn interface(doc: &str, name: &str, extends: &str, fields: &[Field], last: &str) -> String {
    let doc = comment(doc, "");
    let fields: String = fields.iter().map(field).collect();
    format!("{doc}export interface {name}{extends} {{\n{fields}{last}}}\n")
}

fn field(field: &Field) -> String {
    let doc = field.doc.as_ref().map_or_else(String::new, |doc| comment(doc, "  "));
    let null = if field.is_nullable && field.kind != FieldType::Json { " | null" } else { "" };
    format!("{doc}  {}?: {}{null};\n", field.name, of(&field.kind))
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
    let known: String = options.iter().map(|option| format!("\"{option}\" | ")).collect();
    format!("{known}(string & {{}})")
}
