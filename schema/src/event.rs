//! The fields of an event, which every language has under the same names in its own case.

use crate::{
    python::docstring,
    text::{lines, snake},
    typescript::comment,
};

/// A field of an event.
struct EventField {
    /// Its name in JSON.
    name: &'static str,
    shape: Shape,
    doc: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// The envelope's.
    EventKind,
    /// Text or absent; in TypeScript the same for every kind of event.
    Text,
    /// Text or absent; in TypeScript as each kind of event has it, by hand.
    TextByKind,
    /// Likewise, and mostly one of the known words.
    Action,
    /// Texts; empty where absent.
    Names,
    /// An object or absent.
    Object,
    /// Any JSON or absent.
    Json,
}

/// In the order in which the core hands them to other languages.
const FIELDS: [EventField; 17] = [
    field(
        "kind",
        Shape::EventKind,
        "Which envelope it came in: a record's, the metadata's, or one of a shape not known here.",
    ),
    field(
        "name",
        Shape::TextByKind,
        "What happened: `person.created`, `metadata.objectMetadata.updated`. The names of earlier years (`create.person`, \
         `person.create`, `person.CREATED`) are given as today's.",
    ),
    field(
        "object",
        Shape::TextByKind,
        "The first part of a record event's name: `person`, `company`, or a custom object.",
    ),
    field(
        "action",
        Shape::Action,
        "The last part of the name: `created`, `updated`, `deleted`, `destroyed`, `restored`, or one not known yet.",
    ),
    field("record", Shape::Object, "The record after the change, or before it for `destroyed`."),
    field(
        "updatedFields",
        Shape::Names,
        "The names of the top-level fields that changed; a metadata event lists them among its properties. Empty where the \
         payload has none.",
    ),
    field(
        "occurredAt",
        Shape::Text,
        "When the change was queued, as sent: an ISO 8601 date. All records of a batch share it, and on a busy server it can \
         be an hour old, so it says nothing about freshness.",
    ),
    field("workspaceId", Shape::Text, "The workspace it happened in."),
    field(
        "webhookId",
        Shape::Text,
        "The subscription, the same for each of its deliveries: it does not tell them apart.",
    ),
    field("userId", Shape::Text, "Who did it; absent for writes by API keys and by the system."),
    field("workspaceMemberId", Shape::Text, "The same person as a member of the workspace; absent likewise."),
    field("objectMetadataId", Shape::Text, "The id of the object's definition."),
    field(
        "targetUrl",
        Shape::Text,
        "The URL Twenty was told to deliver to, with its query: a token in there is in every payload.",
    ),
    field(
        "metadataName",
        Shape::TextByKind,
        "What kind of metadata a metadata event is about: `objectMetadata`, `fieldMetadata`, …",
    ),
    field("recordId", Shape::Text, "The id of the record, or of what a metadata event is about."),
    field(
        "properties",
        Shape::Object,
        "What a metadata event says of the change: `before`, `after`, `updatedFields`, `diff`.",
    ),
    field(
        "payload",
        Shape::Json,
        "The whole payload of an event of the kind `unknown`; absent where it is not JSON or is nested deeper than 256 \
         levels.",
    ),
];

const fn field(name: &'static str, shape: Shape, doc: &'static str) -> EventField {
    EventField { name, shape, doc }
}

/// For documents: its name in the case of JSON or, for Python and Rust, in theirs, and what it says.
pub fn table(is_snake_case: bool) -> String {
    let name = |field: &EventField| if is_snake_case { snake(field.name) } else { field.name.to_owned() };
    let rows = FIELDS.iter().map(|field| format!("| `{}` | {} |\n", name(field), field.doc));
    ["| field | what it says |\n|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

/// What the core's `Event` has for each: its name, its value among the others, and its method.
pub fn rust() -> String {
    let names: String = FIELDS.iter().map(|field| format!("        \"{}\",\n", field.name)).collect();
    let values: String = FIELDS.iter().map(|field| format!("            {},\n", rust_value(field))).collect();
    let methods: Vec<_> = FIELDS.iter().map(rust_method).collect();
    let count = FIELDS.len();
    format!(
        "    /// The names of its fields in JSON, in the order of [`Event::to_json`].
    pub(super) const NAMES: [&'static str; {count}] = [
{names}    ];

    /// Their values, in the same order.
    pub(super) fn fields(&self) -> [Value<'_>; {count}] {{
        [
{values}        ]
    }}

{}",
        methods.join("\n")
    )
}

fn rust_value(field: &EventField) -> String {
    let name = snake(field.name);
    match field.shape {
        Shape::EventKind => format!("Value::Text(JsonText::new(self.{name}.as_str(), true))"),
        Shape::Text | Shape::TextByKind | Shape::Action => format!("Value::of(self.{name}.as_ref())"),
        Shape::Names => format!("Value::Json(self.{name}.as_ref().map_or(\"[]\", |fields| &fields.json))"),
        Shape::Object | Shape::Json => format!("Value::json(self.{name}.as_deref())"),
    }
}

fn rust_method(field: &EventField) -> String {
    let name = snake(field.name);
    let (signature, body, addition) = match field.shape {
        Shape::EventKind => (format!("const fn {name}(&self) -> EventKind"), format!("self.{name}"), ""),
        Shape::Text | Shape::TextByKind | Shape::Action => {
            (format!("fn {name}(&self) -> Option<&str>"), format!("value(self.{name}.as_ref())"), "")
        }
        Shape::Names => (
            format!("fn {name}(&self) -> &[Cow<'a, str>]"),
            format!("self.{name}.as_ref().map_or(&[], |fields| &fields.names)"),
            "",
        ),
        Shape::Object => (
            format!("fn {name}(&self) -> Option<&str>"),
            format!("self.{name}.as_deref()"),
            " The JSON text of an object.",
        ),
        Shape::Json => (format!("fn {name}(&self) -> Option<&str>"), format!("self.{name}.as_deref()"), " JSON text."),
    };
    let doc = lines(&format!("{}{addition}", field.doc), "    /// ").join("\n");
    format!("{doc}\n    pub {signature} {{\n        {body}\n    }}\n")
}

/// What Python's native class is made of.
pub fn python_native() -> String {
    let line = |field: &EventField| format!("{}\n    {}\n", lines(field.doc, "    /// ").join("\n"), snake(field.name));
    FIELDS.iter().map(line).collect()
}

/// The properties in its stub.
pub fn python_stub() -> String {
    let properties = FIELDS.iter().map(|field| {
        let kind = match field.shape {
            Shape::EventKind => "EventKind",
            Shape::Text | Shape::TextByKind => "str | None",
            Shape::Action => "Action | str | None",
            Shape::Names => "list[str]",
            Shape::Object => "dict[str, Any] | None",
            Shape::Json => "Any",
        };
        let doc = docstring(field.doc, "        ");
        format!("    @property\n    def {}(self) -> {kind}:\n{doc}", snake(field.name))
    });
    properties.collect::<Vec<_>>().join("\n")
}

/// The fields that are the same for every kind of event, and all of them by name from their values in order.
pub fn typescript() -> String {
    let common = FIELDS.iter().filter_map(|field| {
        let kind = match field.shape {
            Shape::Text => "string | null",
            Shape::Names => "string[]",
            _ => return None,
        };
        Some(format!("{}  {}: {kind};\n", comment(field.doc, "  "), field.name))
    });
    let values = FIELDS.iter().enumerate().map(|(place, field)| format!("    {}: values[{place}],\n", field.name));
    format!(
        "interface CommonFields {{
{}}}

function named(values: unknown[]) {{
  return {{
{}  }} satisfies Record<keyof WebhookEvent, unknown>;
}}
",
        common.collect::<String>(),
        values.collect::<String>()
    )
}
