//! Where the envelopes keep what they have in common, and what an event is called.

use super::{EventKind, Field, Text, name::RecordName};

/// What an event and its parts are called.
pub(super) struct Names<'a> {
    pub(super) name: Option<Text<'a>>,
    pub(super) object: Option<Text<'a>>,
    pub(super) action: Option<Text<'a>>,
    pub(super) metadata: Option<Text<'a>>,
}

impl<'a> Names<'a> {
    pub(super) fn of_record(RecordName { whole, object, action }: RecordName<'a>) -> Self {
        Self { name: Some(whole), object: Some(object), action: Some(action), metadata: None }
    }
}

/// Where the envelopes keep what they have in common.
pub(super) struct Places {
    pub(super) kind: EventKind,
    pub(super) record: Option<Field>,
    pub(super) properties: Option<Field>,
    pub(super) updated_fields: Field,
    pub(super) occurred_at: Field,
    pub(super) record_id: Field,
    pub(super) versions: [Field; 2],
}

impl Places {
    pub(super) const RECORD: Self = Self {
        kind: EventKind::Record,
        record: Some(Field::Record),
        properties: None,
        updated_fields: Field::UpdatedFields,
        occurred_at: Field::EventDate,
        record_id: Field::RecordId,
        versions: [Field::RecordUpdatedAt; 2],
    };
    pub(super) const METADATA: Self = Self {
        kind: EventKind::Metadata,
        record: None,
        properties: Some(Field::Properties),
        updated_fields: Field::PropertiesUpdatedFields,
        occurred_at: Field::EventDate,
        record_id: Field::EventRecordId,
        versions: [Field::AfterUpdatedAt, Field::BeforeUpdatedAt],
    };
    pub(super) const DOCUMENTED_RECORD: Self = Self {
        kind: EventKind::Record,
        record: Some(Field::Data),
        properties: None,
        updated_fields: Field::UpdatedFields,
        occurred_at: Field::Timestamp,
        record_id: Field::DataId,
        versions: [Field::DataUpdatedAt; 2],
    };
}
