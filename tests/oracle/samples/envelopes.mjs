// The envelopes of every era, with keys in the order of the wire.
const TARGET_URL = "https://hooks.example.com/twenty?token=abc";
const WORKSPACE_ID = "20202020-1c25-4d02-bf25-6aeccf7ea000";
const WEBHOOK_ID = "7d1f5c0a-2b3e-4a5d-9c8f-1e2d3c4b5a69";
const OBJECT_METADATA_ID = "f0e1d2c3-b4a5-4697-8889-7a6b5c4d3e2f";
const EVENT_DATE = "2024-12-24T18:57:18.204Z";
const USER_ID = "20202020-9e3b-46d4-a556-88b9ddc2b034";
const WORKSPACE_MEMBER_ID = "20202020-0687-4c41-b707-ed1bfca972a7";

// A write by a person unless `byUser` is false; `updatedFields` only where given.
export function recordEnvelope(eventName, record, { byUser = true, updatedFields } = {}) {
  return {
    targetUrl: TARGET_URL,
    eventName,
    objectMetadata: { id: OBJECT_METADATA_ID, nameSingular: eventName.split(".")[0] },
    workspaceId: WORKSPACE_ID,
    webhookId: WEBHOOK_ID,
    eventDate: EVENT_DATE,
    ...(byUser && { userId: USER_ID, workspaceMemberId: WORKSPACE_MEMBER_ID }),
    record,
    ...(updatedFields && { updatedFields }),
  };
}

export function metadataEnvelope(metadataName, operation, properties, { apiKeyId } = {}) {
  return {
    targetUrl: TARGET_URL,
    eventName: `metadata.${metadataName}.${operation}`,
    workspaceId: WORKSPACE_ID,
    webhookId: WEBHOOK_ID,
    eventDate: EVENT_DATE,
    ...(apiKeyId ? { apiKeyId } : { userId: USER_ID }),
    event: { type: operation, metadataName, recordId: OBJECT_METADATA_ID, properties },
  };
}

export function documentedEnvelope(event, data) {
  return { event, data, timestamp: "2025-01-15T10:30:00.000Z" };
}

// Before 2024-11: `person.create` under the key `eventName`.
export function verbEnvelope(eventName, record) {
  return {
    targetUrl: TARGET_URL,
    eventName,
    objectMetadata: { id: OBJECT_METADATA_ID, nameSingular: eventName.split(".")[0] },
    workspaceId: WORKSPACE_ID,
    webhookId: WEBHOOK_ID,
    eventDate: EVENT_DATE,
    record,
  };
}

// Before 2024-08: `create.person` under the key `eventType`.
export function eventTypeEnvelope(eventType, record) {
  return {
    targetUrl: TARGET_URL,
    eventType,
    objectMetadata: { id: OBJECT_METADATA_ID, nameSingular: eventType.split(".")[1] },
    workspaceId: WORKSPACE_ID,
    webhookId: WEBHOOK_ID,
    eventDate: EVENT_DATE,
    record,
  };
}

export const FIELD_METADATA_CHANGE = {
  before: { id: OBJECT_METADATA_ID, labelSingular: "Person", isActive: true },
  after: { id: OBJECT_METADATA_ID, labelSingular: "Contact", isActive: true },
  updatedFields: ["labelSingular"],
  diff: { labelSingular: { before: "Person", after: "Contact" } },
};
