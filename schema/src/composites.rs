//! The composite types of fields.

use crate::{
    model::{
        FieldType::{Composites, Json, Numeric, Text, Texts, Uuid},
        Object,
    },
    sample::WORKSPACE_MEMBER_ID,
    standard::{field, select},
};

pub(crate) fn composites() -> Vec<Object> {
    [of_contacts(), others()].concat()
}

/// Who somebody is, and where they are found.
fn of_contacts() -> Vec<Object> {
    vec![
        Object::new(
            "fullName",
            "A person's name.",
            [field("firstName", Text).sample("Ada"), field("lastName", Text).sample("Łuczak")],
        ),
        Object::new(
            "emails",
            "E-mail addresses.",
            [
                field("primaryEmail", Text).sample("ada@example.com").doc("The first one."),
                field("additionalEmails", Texts).doc("The others."),
            ],
        ),
        Object::new(
            "phones",
            "Telephone numbers.",
            [
                field("primaryPhoneNumber", Text).sample("612345678").doc("The first one, without its calling code."),
                field("primaryPhoneCountryCode", Text).sample("FR").doc("Its country, ISO 3166-1 alpha-2."),
                field("primaryPhoneCallingCode", Text).sample("+33").doc("Its calling code, such as `+33`."),
                field("additionalPhones", Composites("phone".into())).doc("The others."),
            ],
        ),
        Object::new(
            "phone",
            "A further telephone number.",
            [
                field("number", Text).sample("2025550123").doc("The number, without its calling code."),
                field("countryCode", Text).sample("US").doc("Its country, ISO 3166-1 alpha-2."),
                field("callingCode", Text).sample("+1").doc("Its calling code, such as `+33`."),
            ],
        ),
        Object::new(
            "links",
            "Links.",
            [
                field("primaryLinkLabel", Text).sample("Example").doc("The first one's label."),
                field("primaryLinkUrl", Text).sample("https://www.example.com").doc("The first one."),
                field("secondaryLinks", Composites("link".into())).doc("The others."),
            ],
        ),
        Object::new(
            "link",
            "A further link.",
            [
                field("label", Text).sample("More"),
                field("url", Text).sample("https://www.example.com/more").doc("Where it leads."),
            ],
        ),
    ]
}

fn others() -> Vec<Object> {
    vec![
        Object::new(
            "currency",
            "An amount of money.",
            [
                field("amountMicros", Numeric)
                    .sample(250_000_000_000_u64)
                    .doc("Millionths of the unit: a number, in older versions a text."),
                field("currencyCode", Text).sample("EUR").doc("The unit, ISO 4217."),
            ],
        ),
        Object::new(
            "address",
            "A postal address.",
            [
                field("addressStreet1", Text).sample("12 rue de la Paix").doc("First line."),
                field("addressStreet2", Text).doc("Second line."),
                field("addressCity", Text).sample("Paris"),
                field("addressPostcode", Text).sample("75002").doc("Postal code."),
                field("addressState", Text).sample("Île-de-France").doc("State or province."),
                field("addressCountry", Text).sample("France"),
                field("addressLat", Numeric)
                    .sample(48.8687)
                    .doc("Latitude in degrees: a number, in older versions a text."),
                field("addressLng", Numeric)
                    .sample(2.3311)
                    .doc("Longitude in degrees: a number, in older versions a text."),
            ],
        ),
        Object::new(
            "actor",
            "Who did something, and how.",
            [
                field("source", select(&SOURCES)).sample("MANUAL").doc("How it was done."),
                field("workspaceMemberId", Uuid)
                    .sample(WORKSPACE_MEMBER_ID)
                    .doc("The id of the workspace member, if it was one."),
                field("name", Text).sample("Tim Apple").doc("Their name at the time."),
                field("context", Json).doc("Details that depend on the source."),
            ],
        ),
        Object::new(
            "richText",
            "A formatted text.",
            [
                field("blocknote", Text).sample(BLOCKNOTE).doc("The editor's blocks: JSON inside a string."),
                field("markdown", Text).sample("Call back").doc("The same as Markdown."),
            ],
        ),
        Object::new(
            "fileItem",
            "A file.",
            [
                field("fileId", Uuid).doc("Its id, a UUID."),
                field("label", Text).sample("offer.pdf").doc("Its name."),
                field("extension", Text).sample(".pdf").doc("The extension of its name."),
                field("url", Text)
                    .sample("https://www.example.com/files/offer.pdf")
                    .doc("Where it can be fetched; not always sent."),
            ],
        ),
    ]
}

const BLOCKNOTE: &str = r#"[{"type":"paragraph","content":[{"type":"text","text":"Call back","styles":{}}]}]"#;

const SOURCES: [&str; 10] =
    ["EMAIL", "CALENDAR", "WORKFLOW", "AGENT", "APPLICATION", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK"];
