//! A delivery and its event as a person reads them: one field a line.

use std::fmt::Write as _;

use twenty_webhook::{Delivery, Event};

use crate::{
    json_text,
    terminal::{visible, without_query},
};

/// The names are those of the JSON form; absent fields are left out.
pub(crate) fn describe(delivery: &Delivery<'_>) -> String {
    let event = delivery.event();
    let mut text = "authentic\n".to_owned();
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{name:WIDTH$}{}", visible(value));
        }
    };
    field("id", Some(delivery.id().as_str()));
    field("timestamp", Some(&delivery.timestamp().unix_millis().to_string()));
    field("nonce", delivery.nonce());
    field("secretIndex", Some(&delivery.secret_index().to_string()));
    field("kind", Some(event.kind().as_str()));
    field("name", event.name());
    field("object", event.object());
    field("action", event.action());
    field("occurredAt", event.occurred_at());
    field("workspaceId", event.workspace_id());
    field("webhookId", event.webhook_id());
    field("userId", event.user_id());
    field("workspaceMemberId", event.workspace_member_id());
    field("objectMetadataId", event.object_metadata_id());
    field("targetUrl", event.target_url().map(without_query).as_deref());
    field("metadataName", event.metadata_name());
    field("recordId", event.record_id());
    let updated_fields = event.updated_fields();
    field("updatedFields", (!updated_fields.is_empty()).then(|| updated_fields.join(", ")).as_deref());
    for (name, json) in json_fields(&event) {
        let _ = writeln!(text, "{name}\n  {}", json_text::indented(&json_text::for_people(json), 1));
    }
    text
}

fn json_fields<'e>(event: &'e Event<'_>) -> impl Iterator<Item = (&'static str, &'e str)> {
    [("record", event.record()), ("properties", event.properties()), ("payload", event.payload())]
        .into_iter()
        .filter_map(|(name, json)| Some((name, json?)))
}

/// Room for the longest name and a gap.
const WIDTH: usize = 19;
