//! The fields of an event, as other languages and Rust users read them.

use alloc::borrow::Cow;

use super::{Event, EventKind, JsonText, Text, json::Value};

/// An absent field is `None`. Rust's text cannot hold an unpaired surrogate, so in a text that has one U+FFFD takes its
/// place; JSON text and [`Event::to_json`] keep the escape.
impl<'a> Event<'a> {
    // <generated> `cargo xtask generate` writes this part from schema/src/event.rs: change that, not this.
    /// The names of its fields in JSON, in the order of [`Event::to_json`].
    pub(super) const NAMES: [&'static str; 17] = [
        "kind",
        "name",
        "object",
        "action",
        "record",
        "updatedFields",
        "occurredAt",
        "workspaceId",
        "webhookId",
        "userId",
        "workspaceMemberId",
        "objectMetadataId",
        "targetUrl",
        "metadataName",
        "recordId",
        "properties",
        "payload",
    ];

    /// Their values, in the same order.
    pub(super) fn fields(&self) -> [Value<'_>; 17] {
        [
            Value::Text(JsonText::new(self.kind.as_str(), true)),
            Value::of(self.name.as_ref()),
            Value::of(self.object.as_ref()),
            Value::of(self.action.as_ref()),
            Value::json(self.record.as_deref()),
            Value::Json(self.updated_fields.as_ref().map_or("[]", |fields| &fields.json)),
            Value::of(self.occurred_at.as_ref()),
            Value::of(self.workspace_id.as_ref()),
            Value::of(self.webhook_id.as_ref()),
            Value::of(self.user_id.as_ref()),
            Value::of(self.workspace_member_id.as_ref()),
            Value::of(self.object_metadata_id.as_ref()),
            Value::of(self.target_url.as_ref()),
            Value::of(self.metadata_name.as_ref()),
            Value::of(self.record_id.as_ref()),
            Value::json(self.properties.as_deref()),
            Value::json(self.payload.as_deref()),
        ]
    }

    /// Which envelope it came in: a record's, the metadata's, or one of a shape not known here.
    pub const fn kind(&self) -> EventKind {
        self.kind
    }

    /// What happened: `person.created`, `metadata.objectMetadata.updated`. The names of earlier years (`create.person`,
    /// `person.create`, `person.CREATED`) are given as today's.
    pub fn name(&self) -> Option<&str> {
        value(self.name.as_ref())
    }

    /// The first part of a record event's name: `person`, `company`, or a custom object.
    pub fn object(&self) -> Option<&str> {
        value(self.object.as_ref())
    }

    /// The last part of the name: `created`, `updated`, `deleted`, `destroyed`, `restored`, or one not known yet.
    pub fn action(&self) -> Option<&str> {
        value(self.action.as_ref())
    }

    /// The record after the change, or before it for `destroyed`. The JSON text of an object.
    pub fn record(&self) -> Option<&str> {
        self.record.as_deref()
    }

    /// The names of the top-level fields that changed; a metadata event lists them among its properties. Empty where
    /// the payload has none.
    pub fn updated_fields(&self) -> &[Cow<'a, str>] {
        self.updated_fields.as_ref().map_or(&[], |fields| &fields.names)
    }

    /// When the change was queued, as sent: an ISO 8601 date. All records of a batch share it, and on a busy server it
    /// can be an hour old, so it says nothing about freshness.
    pub fn occurred_at(&self) -> Option<&str> {
        value(self.occurred_at.as_ref())
    }

    /// The workspace it happened in.
    pub fn workspace_id(&self) -> Option<&str> {
        value(self.workspace_id.as_ref())
    }

    /// The subscription, the same for each of its deliveries: it does not tell them apart.
    pub fn webhook_id(&self) -> Option<&str> {
        value(self.webhook_id.as_ref())
    }

    /// Who did it; absent for writes by API keys and by the system.
    pub fn user_id(&self) -> Option<&str> {
        value(self.user_id.as_ref())
    }

    /// The same person as a member of the workspace; absent likewise.
    pub fn workspace_member_id(&self) -> Option<&str> {
        value(self.workspace_member_id.as_ref())
    }

    /// The id of the object's definition.
    pub fn object_metadata_id(&self) -> Option<&str> {
        value(self.object_metadata_id.as_ref())
    }

    /// The URL Twenty was told to deliver to, with its query: a token in there is in every payload.
    pub fn target_url(&self) -> Option<&str> {
        value(self.target_url.as_ref())
    }

    /// What kind of metadata a metadata event is about: `objectMetadata`, `fieldMetadata`, …
    pub fn metadata_name(&self) -> Option<&str> {
        value(self.metadata_name.as_ref())
    }

    /// The id of the record, or of what a metadata event is about.
    pub fn record_id(&self) -> Option<&str> {
        value(self.record_id.as_ref())
    }

    /// What a metadata event says of the change: `before`, `after`, `updatedFields`, `diff`. The JSON text of an
    /// object.
    pub fn properties(&self) -> Option<&str> {
        self.properties.as_deref()
    }

    /// The whole payload of an event of the kind `unknown`; absent where it is not JSON or is nested deeper than 256
    /// levels. JSON text.
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }
    // </generated>
}

impl Event<'_> {
    /// Whether a webhook subscribed to `pattern` receives this event, by the sender's rule.
    ///
    /// Record events: `person.created`, `*.created`, `person.*`, `*.*`. Metadata events: `metadata.objectMetadata.updated`
    /// with `*` for the second and the third part, and `*.*`. Nothing matches an event of the kind `Unknown`.
    ///
    /// # Example
    ///
    /// ```
    /// let event = twenty_webhook::Event::read(br#"{"eventName":"person.created","record":{}}"#);
    /// assert!(event.matches("person.*") && event.matches("*.created") && event.matches("*.*"));
    /// assert!(!event.matches("company.*") && !event.matches("*"));
    /// ```
    pub fn matches(&self, pattern: &str) -> bool {
        self.kind.matches(self.name(), pattern)
    }
}

fn value<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(Text::value)
}
