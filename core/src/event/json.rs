//! The normalised event as JSON text: what other languages are handed.

use alloc::string::String;

use super::{Event, JsonText, Text};

impl Event<'_> {
    /// The names of its fields in JSON, in the order of [`Event::to_json`].
    pub const FIELDS: [&'static str; COUNT] = [
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

    /// Prints the event as one JSON object with every field, in camel case, `null` where absent (`updatedFields`: `[]`).
    ///
    /// Values are spliced from the payload as they are, so numbers keep their digits and strings their escapes: nothing a
    /// JSON reader could tell apart is changed.
    ///
    /// # Example
    ///
    /// ```
    /// let event = twenty_webhook::Event::read(br#"{"eventName":"create.person","record":{"id":"7","n":1.0}}"#);
    /// assert!(event.to_json().starts_with(
    ///     r#"{"kind":"record","name":"person.created","object":"person","action":"created","record":{"id":"7","n":1.0},"#
    /// ));
    /// ```
    pub fn to_json(&self) -> String {
        let mut json = self.room();
        for (name, value) in Self::FIELDS.iter().zip(self.fields()) {
            json.push_str(if json.is_empty() { "{\"" } else { ",\"" });
            json.push_str(name);
            json.push_str("\":");
            value.print(&mut json);
        }
        json.push('}');
        json
    }

    /// Prints the same values in the same order as one JSON array, without their names: for a host that makes an object of
    /// its own of them. Reading it takes some hosts half as long.
    ///
    /// # Example
    ///
    /// ```
    /// let event = twenty_webhook::Event::read(br#"{"eventName":"create.person","record":{"id":"7","n":1.0}}"#);
    /// assert!(event.to_json_array().starts_with(r#"["record","person.created","person","created",{"id":"7","n":1.0},[],null,"#));
    /// ```
    pub fn to_json_array(&self) -> String {
        let mut json = self.room();
        for value in self.fields() {
            json.push(if json.is_empty() { '[' } else { ',' });
            value.print(&mut json);
        }
        json.push(']');
        json
    }

    fn room(&self) -> String {
        let values = [self.record, self.properties, self.payload];
        let length: usize = values.iter().flatten().map(|value| value.len()).sum();
        String::with_capacity(length + FRAME_BYTES)
    }

    pub(super) fn fields(&self) -> [Value<'_>; COUNT] {
        [
            Value::Text(JsonText::new(self.kind.as_str(), true)),
            Value::of(self.name.as_ref()),
            Value::of(self.object.as_ref()),
            Value::of(self.action.as_ref()),
            Value::json(self.record),
            Value::Json(self.updated_fields.as_ref().map_or("[]", |fields| fields.json)),
            Value::of(self.occurred_at.as_ref()),
            Value::of(self.workspace_id.as_ref()),
            Value::of(self.webhook_id.as_ref()),
            Value::of(self.user_id.as_ref()),
            Value::of(self.workspace_member_id.as_ref()),
            Value::of(self.object_metadata_id.as_ref()),
            Value::of(self.target_url.as_ref()),
            Value::of(self.metadata_name.as_ref()),
            Value::of(self.record_id.as_ref()),
            Value::json(self.properties),
            Value::json(self.payload),
        ]
    }
}

/// How many fields an event has.
pub(super) const COUNT: usize = 17;

/// What stands for one field.
pub(super) enum Value<'e> {
    /// It is absent.
    Null,
    Text(JsonText<'e>),
    Json(&'e str),
}

impl<'e> Value<'e> {
    fn of(text: Option<&'e Text<'_>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(JsonText::new(text.contents(), text.is_plain())))
    }

    fn json(value: Option<&'e str>) -> Self {
        value.map_or(Self::Null, Self::Json)
    }

    fn print(&self, json: &mut String) {
        match self {
            Self::Null => json.push_str("null"),
            Self::Text(text) => {
                json.push('"');
                json.push_str(text.contents());
                json.push('"');
            }
            Self::Json(value) => json.push_str(value),
        }
    }
}

/// Enough for the names of the fields and the ids of a genuine event.
const FRAME_BYTES: usize = 768;
