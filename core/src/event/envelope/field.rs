//! The fields that are looked for.

/// A field that is looked for, after the field it is in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Whole,
    EventName,
    EventType,
    EventDate,
    Timestamp,
    WorkspaceId,
    WebhookId,
    UserId,
    WorkspaceMemberId,
    TargetUrl,
    UpdatedFields,
    Record,
    RecordId,
    RecordUpdatedAt,
    Data,
    DataId,
    DataUpdatedAt,
    ObjectMetadata,
    ObjectMetadataId,
    Event,
    MetadataName,
    EventRecordId,
    Properties,
    PropertiesUpdatedFields,
    After,
    AfterUpdatedAt,
    Before,
    BeforeUpdatedAt,
}

impl Field {
    pub(super) const COUNT: usize = Self::BeforeUpdatedAt as usize + 1;

    /// The field that `key` names inside this one.
    #[inline]
    pub(super) fn inner(self, key: &str) -> Option<Self> {
        Some(match (self, key) {
            (Self::Whole, "eventName") => Self::EventName,
            (Self::Whole, "eventType") => Self::EventType,
            (Self::Whole, "eventDate") => Self::EventDate,
            (Self::Whole, "timestamp") => Self::Timestamp,
            (Self::Whole, "workspaceId") => Self::WorkspaceId,
            (Self::Whole, "webhookId") => Self::WebhookId,
            (Self::Whole, "userId") => Self::UserId,
            (Self::Whole, "workspaceMemberId") => Self::WorkspaceMemberId,
            (Self::Whole, "targetUrl") => Self::TargetUrl,
            (Self::Whole, "updatedFields") => Self::UpdatedFields,
            (Self::Whole, "record") => Self::Record,
            (Self::Record, "id") => Self::RecordId,
            (Self::Record, "updatedAt") => Self::RecordUpdatedAt,
            (Self::Whole, "data") => Self::Data,
            (Self::Data, "id") => Self::DataId,
            (Self::Data, "updatedAt") => Self::DataUpdatedAt,
            (Self::Whole, "objectMetadata") => Self::ObjectMetadata,
            (Self::ObjectMetadata, "id") => Self::ObjectMetadataId,
            (Self::Whole, "event") => Self::Event,
            (Self::Event, "metadataName") => Self::MetadataName,
            (Self::Event, "recordId") => Self::EventRecordId,
            (Self::Event, "properties") => Self::Properties,
            (Self::Properties, "updatedFields") => Self::PropertiesUpdatedFields,
            (Self::Properties, "after") => Self::After,
            (Self::After, "updatedAt") => Self::AfterUpdatedAt,
            (Self::Properties, "before") => Self::Before,
            (Self::Before, "updatedAt") => Self::BeforeUpdatedAt,
            _ => return None,
        })
    }

    /// The last of the fields inside this one, itself if there is none.
    pub(super) const fn last_inner(self) -> Self {
        match self {
            Self::Record => Self::RecordUpdatedAt,
            Self::Data => Self::DataUpdatedAt,
            Self::ObjectMetadata => Self::ObjectMetadataId,
            Self::Event | Self::Properties | Self::Before => Self::BeforeUpdatedAt,
            Self::After => Self::AfterUpdatedAt,
            other => other,
        }
    }
}

/// Levels of objects that have fields that are looked for.
pub(super) const LEVELS: usize = 4;
