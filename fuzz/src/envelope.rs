//! Payloads with the fields of the envelopes: most of the right type and at the right place, some repeated, some not.

use arbitrary::{Arbitrary, Result, Unstructured};

use crate::document::Printer;

#[derive(Debug)]
pub struct Envelope(pub Vec<u8>);

impl<'a> Arbitrary<'a> for Envelope {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut printer = Printer { u, out: String::new() };
        printer.fields(WHOLE)?;
        Ok(Self(printer.out.into_bytes()))
    }
}

/// The keys of an object and what usually stands there.
type Fields = &'static [(&'static str, Kind)];

#[derive(Clone, Copy)]
enum Kind {
    Name,
    Text,
    Texts,
    Object(Fields),
    /// Whatever a document may hold.
    Any,
}

const WHOLE: Fields = &[
    ("eventName", Kind::Name),
    ("event\\u004eame", Kind::Name),
    ("eventType", Kind::Name),
    ("record", Kind::Object(RECORD)),
    ("event", Kind::Object(EVENT)),
    ("event", Kind::Name),
    ("data", Kind::Object(RECORD)),
    ("objectMetadata", Kind::Object(RECORD)),
    ("updatedFields", Kind::Texts),
    ("eventDate", Kind::Text),
    ("timestamp", Kind::Text),
    ("workspaceId", Kind::Text),
    ("webhookId", Kind::Text),
    ("userId", Kind::Text),
    ("workspaceMemberId", Kind::Text),
    ("targetUrl", Kind::Text),
    ("id", Kind::Text),
];
const RECORD: Fields = &[("id", Kind::Text), ("nameSingular", Kind::Text), ("name", Kind::Any), ("record", Kind::Any)];
const EVENT: Fields = &[
    ("type", Kind::Text),
    ("metadataName", Kind::Text),
    ("recordId", Kind::Text),
    ("properties", Kind::Object(PROPERTIES)),
    ("event", Kind::Any),
];
const PROPERTIES: Fields = &[("updatedFields", Kind::Texts), ("before", Kind::Any), ("updatedFields", Kind::Any)];

const NAMES: &[&str] = &[
    "person.created",
    "person.updated",
    "person.CREATED",
    "person.Created",
    "create.person",
    "person.create",
    "update.delete",
    "company.archived",
    "metadata.objectMetadata.updated",
    "metadata.view.",
    "person.",
    ".created",
    "person",
    ".",
    "",
    "person\\u002ecreated",
    "p\\u00e9rson.cr\\u0065ated",
    "\\ud83d.created",
    "a\\u002fb.created",
    "a\\/b.destroy",
    "upsert.upsert",
];

impl Printer<'_, '_> {
    fn fields(&mut self, fields: Fields) -> Result<()> {
        self.list('{', '}', |printer| {
            let (key, kind) = printer.u.choose(fields)?;
            printer.push_quoted(&[key])?;
            printer.white()?;
            printer.out.push(':');
            printer.white()?;
            printer.field(*kind)
        })
    }

    fn field(&mut self, kind: Kind) -> Result<()> {
        if self.u.ratio(1, 10)? {
            return self.value(2);
        }
        match kind {
            Kind::Name => self.push_quoted(NAMES),
            Kind::Text => self.string(),
            Kind::Texts => self.list('[', ']', |printer| printer.field(Kind::Text)),
            Kind::Object(fields) => self.fields(fields),
            Kind::Any => self.value(2),
        }
    }
}
