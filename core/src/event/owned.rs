//! An event that outlives its payload.

use alloc::borrow::Cow;

use super::{Event, Text, UpdatedFields};

impl Event<'_> {
    /// The same event, independent of the payload: for a task or a channel that outlives it.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::Event;
    ///
    /// fn read(payload: Vec<u8>) -> Event<'static> {
    ///     Event::read(&payload).into_owned()
    /// }
    ///
    /// let event = read(br#"{"eventName":"person.created","record":{"id":"7"}}"#.to_vec());
    /// assert_eq!(event.record(), Some(r#"{"id":"7"}"#));
    /// ```
    pub fn into_owned(self) -> Event<'static> {
        Event {
            kind: self.kind,
            name: self.name.map(Text::into_owned),
            object: self.object.map(Text::into_owned),
            action: self.action.map(Text::into_owned),
            record: self.record.map(owned),
            updated_fields: self.updated_fields.map(UpdatedFields::into_owned),
            occurred_at: self.occurred_at.map(Text::into_owned),
            workspace_id: self.workspace_id.map(Text::into_owned),
            webhook_id: self.webhook_id.map(Text::into_owned),
            user_id: self.user_id.map(Text::into_owned),
            workspace_member_id: self.workspace_member_id.map(Text::into_owned),
            object_metadata_id: self.object_metadata_id.map(Text::into_owned),
            target_url: self.target_url.map(Text::into_owned),
            metadata_name: self.metadata_name.map(Text::into_owned),
            record_id: self.record_id.map(Text::into_owned),
            properties: self.properties.map(owned),
            payload: self.payload.map(owned),
            is_versioned: self.is_versioned,
        }
    }
}

impl UpdatedFields<'_> {
    fn into_owned(self) -> UpdatedFields<'static> {
        UpdatedFields { json: owned(self.json), names: self.names.into_iter().map(owned).collect() }
    }
}

pub(super) fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}
