//! The standard objects, as the newest version of Twenty sends them.
//!
//! A key that only older versions send has a place here if it is the field's only spelling there; other keys of theirs are
//! read like custom fields.

use serde_json::Value;

use crate::{
    composites::composites,
    model::{
        Field,
        FieldType::{self, Boolean, Date, Number, Text, Uuid},
        Object, Workspace,
    },
    sample::{COMPANY_ID, PERSON_ID, USER_ID, WORKSPACE_MEMBER_ID},
};

/// What every workspace begins with.
pub fn standard() -> Workspace {
    Workspace {
        any_record: vec![
            field("id", Uuid).not_null().doc("Its id, a UUID."),
            field("createdAt", Date).doc("When it was created, ISO 8601."),
            field("updatedAt", Date).doc("When it was last changed, ISO 8601."),
            field("deletedAt", Date).doc("When it was deleted, ISO 8601, if it was."),
        ],
        objects: vec![person(), company(), opportunity(), task(), note(), attachment(), workspace_member()],
        composites: composites(),
    }
}

fn person() -> Object {
    object(
        "person",
        "A person.",
        [
            field("name", composite("fullName")),
            field("emails", composite("emails")),
            field("phones", composite("phones")),
            field("linkedinLink", composite("links")).doc("LinkedIn profile."),
            field("xLink", composite("links")).doc("X profile."),
            field("jobTitle", Text).sample("Head of Research"),
            field("city", Text).sample("Paris"),
            field("avatarUrl", Text).sample("https://example.com/ada.png").doc("Where the picture is."),
            field("avatarFile", files()).doc("The picture."),
            Field::relation("company", "company").sample(COMPANY_ID),
        ],
    )
}

fn company() -> Object {
    object(
        "company",
        "A company.",
        [
            field("name", Text).sample("Example"),
            field("domainName", composite("links")).doc("Web site."),
            field("employees", Number).sample(120).doc("How many people work there."),
            field("linkedinLink", composite("links")).doc("LinkedIn page."),
            field("xLink", composite("links")).doc("X profile."),
            field("annualRecurringRevenue", composite("currency")),
            field("address", composite("address")),
            field("idealCustomerProfile", Boolean).doc("Whether it fits the ideal customer profile."),
            Field::relation("accountOwner", "workspaceMember").sample(WORKSPACE_MEMBER_ID),
        ],
    )
}

fn opportunity() -> Object {
    object(
        "opportunity",
        "An opportunity.",
        [
            field("name", Text).sample("Renewal"),
            field("amount", composite("currency")).doc("What it is worth."),
            field("closeDate", Date).sample("2030-03-31T00:00:00.000Z").doc("When it is expected to close, ISO 8601."),
            field("stage", Text).sample("PROPOSAL").doc("Stage of the pipeline; every workspace has its own."),
            Field::relation("pointOfContact", "person").sample(PERSON_ID),
            Field::relation("company", "company").sample(COMPANY_ID),
        ],
    )
}

fn task() -> Object {
    object(
        "task",
        "A task.",
        [
            field("title", Text).sample("Call back"),
            field("bodyV2", composite("richText")).doc("Text."),
            field("dueAt", Date).sample("2030-01-15T09:00:00.000Z").doc("When it is due, ISO 8601."),
            field("status", Text).sample("TODO").doc("How far it is; every workspace has its own words."),
            Field::relation("assignee", "workspaceMember").sample(WORKSPACE_MEMBER_ID),
        ],
    )
}

fn note() -> Object {
    object(
        "note",
        "A note.",
        [field("title", Text).sample("Call"), field("bodyV2", composite("richText")).doc("Text.")],
    )
}

fn attachment() -> Object {
    let targets = ["task", "note", "person", "company", "opportunity", "dashboard", "workflow"];
    let targets = Field::morph_relation("target", &targets).enumerate().map(|(index, target)| match index {
        0 => target,
        _ => target.sample(Value::Null),
    });
    let fields = [
        field("name", Text).sample("offer.pdf"),
        field("file", files()).doc("What is attached."),
        field("fullPath", Text).sample(Value::Null).doc("Where the file is, in older versions."),
        field("fileCategory", select(&FILE_CATEGORIES)).sample(Value::Null).doc("The kind of file, in older versions."),
        field("type", Text).older().doc("The kind of file, in the oldest versions."),
    ];
    object("attachment", "A file attached to a record.", fields.into_iter().chain(targets))
}

fn workspace_member() -> Object {
    object(
        "workspaceMember",
        "A member of the workspace.",
        [
            field("name", composite("fullName")),
            field("userEmail", Text).sample("tim@example.com").doc("E-mail address."),
            field("userId", Uuid).sample(USER_ID).doc("The id of the user, who may be a member of several workspaces."),
            field("avatarUrl", Text).sample("https://example.com/ada.png").doc("Where the picture is."),
            field("colorScheme", Text).sample("System"),
            field("locale", Text).sample("en").doc("Language."),
            field("timeZone", Text).sample("system").doc("Time zone, or `system`."),
            field("dateFormat", Text).sample("SYSTEM"),
            field("timeFormat", Text).sample("HOUR_24"),
            field("numberFormat", Text).sample("SYSTEM"),
            field("calendarStartDay", Number).sample(7).doc("The day a week begins with."),
        ],
    )
}

const FILE_CATEGORIES: [&str; 8] =
    ["ARCHIVE", "AUDIO", "IMAGE", "PRESENTATION", "SPREADSHEET", "TEXT_DOCUMENT", "VIDEO", "OTHER"];

/// A standard object: its own fields, and those all standard objects have.
fn object(name: &str, doc: &str, fields: impl IntoIterator<Item = Field>) -> Object {
    let all = [
        field("position", Number).sample(1).doc("Place in the list; may be negative or fractional."),
        field("createdBy", composite("actor")).doc("Who created it, and how."),
        field("updatedBy", composite("actor")).doc("Who last changed it, and how."),
        field("searchVector", Text).sample("sample:1A").doc("What a search looks at; can be long."),
    ];
    Object::new(name, doc, fields.into_iter().chain(all))
}

pub(crate) fn field(name: &str, kind: FieldType) -> Field {
    Field::new(name, kind)
}

fn composite(name: &str) -> FieldType {
    FieldType::Composite(name.into())
}

fn files() -> FieldType {
    FieldType::Composites("fileItem".into())
}

pub(crate) fn select(options: &[&str]) -> FieldType {
    FieldType::Select(options.iter().map(|&option| option.into()).collect())
}
