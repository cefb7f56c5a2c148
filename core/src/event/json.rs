//! The normalised event as JSON text: what other languages are handed.

use alloc::string::String;

use super::{Event, Text};

impl Event<'_> {
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
        let values = [self.record, self.properties, self.payload];
        let length: usize = values.iter().flatten().map(|value| value.len()).sum();
        let mut json = String::with_capacity(length + FRAME_BYTES);

        json.push_str("{\"kind\":\"");
        json.push_str(self.kind.as_str());
        json.push('"');
        push_text(&mut json, "name", self.name.as_ref());
        push_text(&mut json, "object", self.object.as_ref());
        push_text(&mut json, "action", self.action.as_ref());
        push_value(&mut json, "record", self.record);
        push_value(&mut json, "updatedFields", Some(self.updated_fields.as_ref().map_or("[]", |fields| fields.json)));
        push_text(&mut json, "occurredAt", self.occurred_at.as_ref());
        push_text(&mut json, "workspaceId", self.workspace_id.as_ref());
        push_text(&mut json, "webhookId", self.webhook_id.as_ref());
        push_text(&mut json, "userId", self.user_id.as_ref());
        push_text(&mut json, "workspaceMemberId", self.workspace_member_id.as_ref());
        push_text(&mut json, "objectMetadataId", self.object_metadata_id.as_ref());
        push_text(&mut json, "targetUrl", self.target_url.as_ref());
        push_text(&mut json, "metadataName", self.metadata_name.as_ref());
        push_text(&mut json, "recordId", self.record_id.as_ref());
        push_value(&mut json, "properties", self.properties);
        push_value(&mut json, "payload", self.payload);
        json.push('}');
        json
    }
}

/// Enough for the names of the fields and the ids of a genuine event.
const FRAME_BYTES: usize = 768;

fn push_text(json: &mut String, name: &str, text: Option<&Text<'_>>) {
    push_name(json, name);
    match text {
        Some(text) => {
            json.push('"');
            json.push_str(text.contents());
            json.push('"');
        }
        None => json.push_str("null"),
    }
}

fn push_value(json: &mut String, name: &str, value: Option<&str>) {
    push_name(json, name);
    json.push_str(value.unwrap_or("null"));
}

fn push_name(json: &mut String, name: &str) {
    json.push_str(",\"");
    json.push_str(name);
    json.push_str("\":");
}
