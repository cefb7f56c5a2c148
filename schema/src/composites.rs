//! The composite types of fields.

use crate::{
    model::{
        FieldType::{Composites, Json, Numeric, Text, Texts, Uuid},
        Object,
    },
    standard::{field, select},
};

pub(crate) fn composites() -> Vec<Object> {
    vec![
        Object::new("fullName", "A person's name.", ["firstName", "lastName"].map(|name| field(name, Text))),
        Object::new(
            "emails",
            "E-mail addresses.",
            [field("primaryEmail", Text).doc("The first one."), field("additionalEmails", Texts).doc("The others.")],
        ),
        Object::new(
            "phones",
            "Telephone numbers.",
            [
                field("primaryPhoneNumber", Text).doc("The first one, without its calling code."),
                field("primaryPhoneCountryCode", Text).doc("Its country, ISO 3166-1 alpha-2."),
                field("primaryPhoneCallingCode", Text).doc("Its calling code, such as `+33`."),
                field("additionalPhones", Composites("phone".into())).doc("The others."),
            ],
        ),
        Object::new(
            "phone",
            "A further telephone number.",
            [
                field("number", Text).doc("The number, without its calling code."),
                field("countryCode", Text).doc("Its country, ISO 3166-1 alpha-2."),
                field("callingCode", Text).doc("Its calling code, such as `+33`."),
            ],
        ),
        Object::new(
            "links",
            "Links.",
            [
                field("primaryLinkLabel", Text).doc("The first one's label."),
                field("primaryLinkUrl", Text).doc("The first one."),
                field("secondaryLinks", Composites("link".into())).doc("The others."),
            ],
        ),
        Object::new("link", "A further link.", [field("label", Text), field("url", Text).doc("Where it leads.")]),
        Object::new(
            "currency",
            "An amount of money.",
            [
                field("amountMicros", Numeric).doc("Millionths of the unit: a number, in older versions a text."),
                field("currencyCode", Text).doc("The unit, ISO 4217."),
            ],
        ),
        Object::new(
            "address",
            "A postal address.",
            [
                field("addressStreet1", Text).doc("First line."),
                field("addressStreet2", Text).doc("Second line."),
                field("addressCity", Text),
                field("addressPostcode", Text).doc("Postal code."),
                field("addressState", Text).doc("State or province."),
                field("addressCountry", Text),
                field("addressLat", Numeric).doc("Latitude in degrees: a number, in older versions a text."),
                field("addressLng", Numeric).doc("Longitude in degrees: a number, in older versions a text."),
            ],
        ),
        Object::new(
            "actor",
            "Who did something, and how.",
            [
                field("source", select(&SOURCES)).doc("How it was done."),
                field("workspaceMemberId", Uuid).doc("The id of the workspace member, if it was one."),
                field("name", Text).doc("Their name at the time."),
                field("context", Json).doc("Details that depend on the source."),
            ],
        ),
        Object::new(
            "richText",
            "A formatted text.",
            [
                field("blocknote", Text).doc("The editor's blocks: JSON inside a string."),
                field("markdown", Text).doc("The same as Markdown."),
            ],
        ),
        Object::new(
            "fileItem",
            "A file.",
            [
                field("fileId", Uuid).doc("Its id, a UUID."),
                field("label", Text).doc("Its name."),
                field("extension", Text).doc("The extension of its name."),
                field("url", Text).doc("Where it can be fetched; not always sent."),
            ],
        ),
    ]
}

const SOURCES: [&str; 10] =
    ["EMAIL", "CALENDAR", "WORKFLOW", "AGENT", "APPLICATION", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK"];
