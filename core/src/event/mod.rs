//! What a payload says, whichever of the envelopes Twenty has used it comes in.

#[cfg(feature = "host")]
mod build;
mod envelope;
mod fields;
mod json;
mod kind;
mod name;
mod owned;
mod places;
#[cfg(feature = "serde")]
mod serialize;
mod text;
#[cfg_attr(not(feature = "host"), allow(dead_code, unreachable_pub, reason = "only hosts are shown all of it"))]
mod values;

use alloc::{borrow::Cow, vec::Vec};
use core::fmt;

use envelope::{Envelope, Field};
pub use kind::EventKind;
use name::RecordName;
pub use name::is_pattern;
pub(crate) use name::{Pattern, nearest_action, unsent_object};
use places::{Names, Places};
use text::Text;
#[cfg(not(feature = "host"))]
use values::JsonText;
#[cfg(feature = "host")]
pub use values::{JsonText, ValueBuilder};

/// What a payload says: which event, of which object, and the record.
///
/// It is read from the payload in one pass and borrows from it. It is never an error: of a payload that is authentic but
/// of no shape known here, the kind is [`EventKind::Unknown`] and [`Event::payload`] is the whole. An optional field of
/// a wrong type is absent; of a repeated key the last counts, as in every JSON reader.
///
/// Values are JSON text, exactly as sent: `amountMicros` and coordinates keep their type and digits.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Event, EventKind};
///
/// let event = Event::read(br#"{"eventName":"person.updated","record":{"id":"7"},"updatedFields":["city"]}"#);
/// assert_eq!(event.kind(), EventKind::Record);
/// assert_eq!((event.object(), event.action()), (Some("person"), Some("updated")));
/// assert_eq!(event.updated_fields(), ["city"]);
/// assert!(event.matches("*.updated"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Event<'a> {
    kind: EventKind,
    name: Option<Text<'a>>,
    object: Option<Text<'a>>,
    action: Option<Text<'a>>,
    record: Option<Cow<'a, str>>,
    updated_fields: Option<UpdatedFields<'a>>,
    occurred_at: Option<Text<'a>>,
    workspace_id: Option<Text<'a>>,
    webhook_id: Option<Text<'a>>,
    user_id: Option<Text<'a>>,
    workspace_member_id: Option<Text<'a>>,
    object_metadata_id: Option<Text<'a>>,
    target_url: Option<Text<'a>>,
    metadata_name: Option<Text<'a>>,
    record_id: Option<Text<'a>>,
    properties: Option<Cow<'a, str>>,
    payload: Option<Cow<'a, str>>,
    /// Whether it says which version of the record it is about.
    is_versioned: bool,
}

#[derive(Clone, PartialEq, Eq)]
struct UpdatedFields<'a> {
    json: Cow<'a, str>,
    names: Vec<Cow<'a, str>>,
}

/// Levels of nesting an event is read to: deeper ones are nobody's records, and other languages' readers recurse.
const MAX_DEPTH: usize = 256;

impl<'a> Event<'a> {
    /// Reads a payload, authentic or not.
    pub fn read(payload: &'a [u8]) -> Self {
        Self::read_with_identity(payload).0
    }

    /// Reads a payload, and gives what of it tells the event from every other: in two pieces all but the value of the date
    /// at which it was queued, which differs where the sender queues one change twice. It needs a version in place of the
    /// date: without one, two changes of a record could be the same.
    pub(crate) fn read_with_identity(payload: &'a [u8]) -> (Self, [&'a [u8]; 2]) {
        let envelope = core::str::from_utf8(payload).ok().and_then(|text| Envelope::read(text, MAX_DEPTH));
        let event = Self::of_envelope(envelope.as_ref());
        let is_one_change = event.is_versioned && event.record_id().is_some_and(|id| !id.is_empty());
        let date = envelope.filter(|_| is_one_change).and_then(|envelope| envelope.only_date());
        let identity = date.map_or([payload, b""], |date| [&payload[..date.start], &payload[date.end..]]);
        (event, identity)
    }

    fn of_envelope(envelope: Option<&Envelope<'a>>) -> Self {
        let Some(envelope) = envelope else { return Self::new(EventKind::Unknown) };
        Self::of_record(envelope)
            .or_else(|| Self::of_metadata(envelope))
            .or_else(|| Self::of_documented_record(envelope))
            .unwrap_or_else(|| Self { payload: Some(envelope.whole().into()), ..Self::new(EventKind::Unknown) })
    }

    /// The envelope of record events, and those of the years before it.
    fn of_record(envelope: &Envelope<'a>) -> Option<Self> {
        envelope.object(Field::Record)?;
        let name = [Field::EventName, Field::EventType].into_iter().find_map(|field| record_name(envelope, field))?;
        Some(Self::of_places(envelope, &Places::RECORD, Names::of_record(name)))
    }

    /// The envelope of metadata events.
    fn of_metadata(envelope: &Envelope<'a>) -> Option<Self> {
        let metadata = Some(envelope.text(Field::MetadataName)?);
        let name = envelope.text(Field::EventName);
        let action = name.as_ref().and_then(name::last_part);
        Some(Self::of_places(envelope, &Places::METADATA, Names { name, object: None, action, metadata }))
    }

    /// The envelope of Twenty's documentation, which no server sends.
    fn of_documented_record(envelope: &Envelope<'a>) -> Option<Self> {
        envelope.object(Field::Data)?;
        let name = record_name(envelope, Field::Event)?;
        Some(Self::of_places(envelope, &Places::DOCUMENTED_RECORD, Names::of_record(name)))
    }

    fn of_places(envelope: &Envelope<'a>, places: &Places, names: Names<'a>) -> Self {
        let Names { name, object, action, metadata } = names;
        Self {
            kind: places.kind,
            name,
            object,
            action,
            record: places.record.and_then(|field| envelope.object(field)).map(Cow::Borrowed),
            updated_fields: UpdatedFields::read(envelope, places.updated_fields),
            occurred_at: envelope.text(places.occurred_at),
            workspace_id: envelope.text(Field::WorkspaceId),
            webhook_id: envelope.text(Field::WebhookId),
            user_id: envelope.text(Field::UserId),
            workspace_member_id: envelope.text(Field::WorkspaceMemberId),
            object_metadata_id: envelope.text(Field::ObjectMetadataId),
            target_url: envelope.text(Field::TargetUrl),
            metadata_name: metadata,
            record_id: envelope.text(places.record_id),
            properties: places.properties.and_then(|field| envelope.object(field)).map(Cow::Borrowed),
            payload: None,
            is_versioned: places.versions.iter().any(|field| envelope.has_text(*field)),
        }
    }

    const fn new(kind: EventKind) -> Self {
        Self {
            kind,
            name: None,
            object: None,
            action: None,
            record: None,
            updated_fields: None,
            occurred_at: None,
            workspace_id: None,
            webhook_id: None,
            user_id: None,
            workspace_member_id: None,
            object_metadata_id: None,
            target_url: None,
            metadata_name: None,
            record_id: None,
            properties: None,
            payload: None,
            is_versioned: false,
        }
    }
}

fn record_name<'a>(envelope: &Envelope<'a>, field: Field) -> Option<RecordName<'a>> {
    RecordName::read(&envelope.text(field)?)
}

impl<'a> UpdatedFields<'a> {
    fn read(envelope: &Envelope<'a>, field: Field) -> Option<Self> {
        let json = envelope.array(field)?;
        Some(Self { json: json.into(), names: envelope::texts(json)? })
    }
}

impl fmt::Debug for Event<'_> {
    /// Shows what happened to what, and nothing of the record.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("kind", &self.kind)
            .field("name", &self.name())
            .field("record_id", &self.record_id())
            .field("occurred_at", &self.occurred_at())
            .finish_non_exhaustive()
    }
}
