//! What may be told of a delivery: whatever shows which one it is, and nothing of a record.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use crate::{Delivery, DeliveryId, Event, EventKind, Options, Timestamp, shown::Shown};

/// Which delivery and which event it is, for logs and metrics: no record, no secret, no signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// [`Options::name`].
    pub webhook: Option<String>,
    /// [`Delivery::id`].
    pub id: DeliveryId,
    /// [`Delivery::timestamp`].
    pub timestamp: Timestamp,
    /// [`Delivery::secret_index`].
    pub secret_index: usize,
    /// [`Event::kind`].
    pub kind: EventKind,
    /// [`Event::name`].
    pub name: Option<String>,
    /// [`Event::record_id`].
    pub record_id: Option<String>,
    /// [`Event::webhook_id`].
    pub webhook_id: Option<String>,
    /// [`Event::workspace_id`].
    pub workspace_id: Option<String>,
}

impl Facts {
    pub(super) fn of(options: &Options, delivery: &Delivery<'_>, id: DeliveryId, event: &Event<'_>) -> Self {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        Self {
            webhook: owned(options.name()),
            id,
            timestamp: delivery.timestamp(),
            secret_index: delivery.secret_index(),
            kind: event.kind(),
            name: owned(event.name()),
            record_id: owned(event.record_id()),
            webhook_id: owned(event.webhook_id()),
            workspace_id: owned(event.workspace_id()),
        }
    }
}

/// As a line of the log ends: `delivery 3f1c…, person.created, record 7`, after the webhook's name if it has one.
impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.webhook {
            write!(f, "{}, ", Named(name))?;
        }
        write!(f, "delivery {}, ", self.id)?;
        match &self.name {
            Some(name) => write!(f, "{}", Shown(name))?,
            None => write!(f, "an event of kind {}", self.kind.as_str())?,
        }
        self.record_id.as_ref().map_or(Ok(()), |id| write!(f, ", record {}", Shown(id)))
    }
}

/// As a line of the log names a webhook.
pub(super) struct Named<'n>(pub(super) &'n str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "webhook {}", Shown(self.0))
    }
}
