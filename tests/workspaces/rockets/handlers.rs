//! The handler of docs/types.md.

use twenty_webhook::{Event, RecordError};

use crate::records::Rocket;

pub fn motto(event: &Event<'_>) -> Result<Option<String>, RecordError> {
    let rocket: Rocket = event.record_as()?;
    Ok(rocket.motto.filter(|_| rocket.status.as_deref() == Some("LAUNCHED")))
}
