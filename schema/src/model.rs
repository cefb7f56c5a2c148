//! What a workspace's records are made of.
//!
//! A record is whatever was sent: it may lack any key, because a field can be removed, or not be readable by the webhook's
//! role. So each emitter makes every key optional, whatever its field says; [`Field::is_nullable`] is about `null` alone.

use serde_json::Value;

use crate::{
    names::shown,
    text::{article, capitalized, words},
};

/// The objects of a workspace, and the composite types of their fields.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// What a record of any object has, custom ones included.
    pub any_record: Vec<Field>,
    /// The objects, without the fields of any record.
    pub objects: Vec<Object>,
    /// What [`FieldType::Composite`] and [`FieldType::Composites`] name.
    pub composites: Vec<Object>,
}

/// An object of a workspace, or a composite type: fields under one name.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its name in the singular, in camel case, as the first part of an event's name has it: `workspaceMember`.
    pub name: String,
    /// The name of its type: `WorkspaceMember`.
    pub type_name: String,
    /// What it is, in one sentence.
    pub doc: String,
    /// Its fields, in the order in which they are written.
    pub fields: Vec<Field>,
}

impl Object {
    /// An object of these fields.
    pub fn new(name: &str, doc: &str, fields: impl IntoIterator<Item = Field>) -> Self {
        Self { name: name.into(), type_name: capitalized(name), doc: doc.into(), fields: fields.into_iter().collect() }
    }
}

/// A key of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key, as sent.
    pub name: String,
    /// What its value is.
    pub kind: FieldType,
    /// Whether its value may be `null`.
    pub is_nullable: bool,
    /// What the name and the type do not say.
    pub doc: Option<String>,
    /// Its value in a sample.
    pub sample: Sample,
    /// Whether it is the key of a relation.
    pub is_relation: bool,
}

/// The value of a field in a sample.
#[derive(Clone, Debug)]
pub enum Sample {
    /// Whatever its type has.
    OfType,
    /// This one.
    Is(Value),
    /// None: only older versions send the field.
    None,
}

impl Field {
    /// Of a record: it has an id wherever it is sent at all.
    pub(crate) fn is_always_sent(&self) -> bool {
        self.name == "id"
    }

    /// A field whose value may be `null`, as almost any may.
    pub fn new(name: &str, kind: FieldType) -> Self {
        Self { name: name.into(), kind, is_nullable: true, doc: None, sample: Sample::OfType, is_relation: false }
    }

    /// A relation to one record of another object, which may be unknown. Its name is `company`, its key is `companyId`. A relation to many records
    /// has no key.
    pub fn relation(name: &str, target: &str) -> Self {
        let key = Self { is_relation: true, ..Self::new(&format!("{name}Id"), FieldType::Uuid) };
        if name == target || target.is_empty() {
            return key;
        }
        key.doc(&format!("The id of the {}, {}.", words(name), article(&words(target))))
    }

    /// A relation to one record of any of several objects: a key for each, such as `targetTaskId`.
    pub fn morph_relation<'a>(name: &'a str, targets: &'a [&'a str]) -> impl Iterator<Item = Self> + 'a {
        targets.iter().map(move |target| {
            let doc = format!("The id of the {}, if it is {}.", words(name), article(&words(target)));
            let key = Self::new(&format!("{name}{}Id", capitalized(target)), FieldType::Uuid).doc(&doc);
            Self { is_relation: true, ..key }
        })
    }

    /// The same, never `null`.
    pub fn not_null(self) -> Self {
        Self { is_nullable: false, ..self }
    }

    /// The same with a sentence for its documentation.
    pub fn doc(self, doc: &str) -> Self {
        Self { doc: Some(doc.into()), ..self }
    }

    /// The same with this value in a sample.
    pub(crate) fn sample(self, value: impl Into<Value>) -> Self {
        Self { sample: Sample::Is(value.into()), ..self }
    }

    /// The same as a field that only older versions send.
    pub(crate) fn older(self) -> Self {
        Self { sample: Sample::None, ..self }
    }

    /// Its documentation in a language whose type for a selection is plain text.
    pub(crate) fn doc_with_options(&self) -> Option<String> {
        let (FieldType::Select(options) | FieldType::MultiSelect(options)) = &self.kind else {
            return self.doc.clone();
        };
        let options = options.iter().map(|option| shown(option)).collect::<Vec<_>>().join(", ");
        let known = format!("Known so far: {options}.");
        Some(self.doc.as_ref().map_or_else(|| known.clone(), |doc| format!("{doc} {known}")))
    }
}

/// What a field's value is in JSON, by the name Twenty has for the type of the field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldType {
    /// `UUID`: text. The key of a relation is one, too.
    Uuid,
    /// `TEXT`, `RATING`, `TS_VECTOR`: text.
    Text,
    /// `DATE`, `DATE_TIME`: text, ISO 8601.
    Date,
    /// `BOOLEAN`.
    Boolean,
    /// `NUMBER`, `POSITION`: any JSON number. Whether it has a fraction is a setting of the field, which its users can change,
    /// so no language takes it for an integer: `f64`, `number`, and in Python `int | float`, as `json.loads` gives either.
    Number,
    /// `NUMERIC`: a number of any length, as text in older versions of the sender.
    Numeric,
    /// `SELECT`: one of these texts, or one that was added since.
    Select(Vec<String>),
    /// `MULTI_SELECT`: an array of such texts.
    MultiSelect(Vec<String>),
    /// `ARRAY`: an array of texts.
    Texts,
    /// `RAW_JSON`: any JSON.
    Json,
    /// `FULL_NAME`, `CURRENCY` and the like: an object, one of the workspace's composite types by its name.
    Composite(String),
    /// `FILES`: an array of such objects.
    Composites(String),
}

impl FieldType {
    /// A selection, or a text if nobody says of what.
    pub(crate) fn one_of(options: Vec<String>) -> Self {
        if options.is_empty() { Self::Text } else { Self::Select(options) }
    }

    /// Some of a selection, or texts.
    pub(crate) fn some_of(options: Vec<String>) -> Self {
        if options.is_empty() { Self::Texts } else { Self::MultiSelect(options) }
    }

    /// Whether each of its values is one of the other, too.
    pub(crate) fn narrows(&self, other: &Self) -> bool {
        let is_number = |it: &Self| matches!(it.in_json(), Self::Number | Self::Numeric | Self::Text);
        self.is_as(other) || *other == Self::Json || (*other == Self::Numeric && is_number(self))
    }

    /// Whether it is the same in JSON.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.in_json() == other.in_json()
    }

    fn in_json(&self) -> Self {
        match self {
            Self::Uuid | Self::Date | Self::Select(_) => Self::Text,
            Self::MultiSelect(_) => Self::Texts,
            other => other.clone(),
        }
    }
}
