// The decision table that turns a payload into an event, over values the engine parsed.
import { decodeUtf8, firstBracketBeyond, parseJson } from "./json_text.mjs";

const EVENT_DEPTH_LIMIT = 256;
const ACTION_OF_VERB = {
  create: "created",
  update: "updated",
  delete: "deleted",
  destroy: "destroyed",
  restore: "restored",
  upsert: "upserted",
};
const ACTION_OF_WORD = new Map(
  Object.entries(ACTION_OF_VERB).flatMap(([verb, action]) => [
    [verb, action],
    [action, action],
    [action.toUpperCase(), action],
  ]),
);

export function normalizedEvent(payloadBytes) {
  const whole = parsedWithinDepth(payloadBytes);
  return recordEvent(whole) ?? metadataEvent(whole) ?? documentedEvent(whole) ?? event("unknown", { payload: whole });
}

function parsedWithinDepth(payloadBytes) {
  const text = decodeUtf8(payloadBytes);
  if (text === null) return null;
  const parsed = parseJson(text);
  if (parsed === undefined || firstBracketBeyond(text, EVENT_DEPTH_LIMIT) !== null) return null;
  return parsed;
}

function recordEvent(whole) {
  if (!isObject(whole) || !isObject(member(whole, "record"))) return null;
  const parts = twoParts(member(whole, "eventName")) ?? twoParts(member(whole, "eventType"));
  if (parts === null) return null;
  return event("record", {
    ...nameFields(parts),
    ...commonFields(whole),
    record: whole.record,
    recordId: textOf(member(whole.record, "id")),
    updatedFields: textsOf(member(whole, "updatedFields")),
    occurredAt: textOf(member(whole, "eventDate")),
  });
}

function metadataEvent(whole) {
  const inner = isObject(whole) ? member(whole, "event") : null;
  if (!isObject(inner) || textOf(member(inner, "metadataName")) === null) return null;
  const name = textOf(member(whole, "eventName"));
  const properties = member(inner, "properties");
  return event("metadata", {
    ...commonFields(whole),
    name,
    action: name?.split(".").at(-1) || null,
    occurredAt: textOf(member(whole, "eventDate")),
    metadataName: inner.metadataName,
    recordId: textOf(member(inner, "recordId")),
    properties: isObject(properties) ? properties : null,
    updatedFields: isObject(properties) ? textsOf(member(properties, "updatedFields")) : [],
  });
}

function documentedEvent(whole) {
  if (!isObject(whole) || !isObject(member(whole, "data"))) return null;
  const parts = twoParts(member(whole, "event"));
  if (parts === null) return null;
  return event("record", {
    ...nameFields(parts),
    ...commonFields(whole),
    record: whole.data,
    recordId: textOf(member(whole.data, "id")),
    updatedFields: textsOf(member(whole, "updatedFields")),
    occurredAt: textOf(member(whole, "timestamp")),
  });
}

function event(kind, fields) {
  return {
    kind,
    name: fields.name ?? null,
    object: fields.object ?? null,
    action: fields.action ?? null,
    record: fields.record ?? null,
    updatedFields: fields.updatedFields ?? [],
    occurredAt: fields.occurredAt ?? null,
    workspaceId: fields.workspaceId ?? null,
    webhookId: fields.webhookId ?? null,
    userId: fields.userId ?? null,
    workspaceMemberId: fields.workspaceMemberId ?? null,
    objectMetadataId: fields.objectMetadataId ?? null,
    targetUrl: fields.targetUrl ?? null,
    metadataName: fields.metadataName ?? null,
    recordId: fields.recordId ?? null,
    properties: fields.properties ?? null,
    payload: fields.payload ?? null,
  };
}

function nameFields([first, second]) {
  const [object, action] = todaysParts(first, second);
  return { name: `${object}.${action}`, object, action };
}

function todaysParts(first, second) {
  if (ACTION_OF_WORD.has(second)) return [first, ACTION_OF_WORD.get(second)];
  if (Object.hasOwn(ACTION_OF_VERB, first)) return [second, ACTION_OF_VERB[first]];
  return [first, second];
}

function commonFields(whole) {
  const objectMetadata = member(whole, "objectMetadata");
  return {
    workspaceId: textOf(member(whole, "workspaceId")),
    webhookId: textOf(member(whole, "webhookId")),
    userId: textOf(member(whole, "userId")),
    workspaceMemberId: textOf(member(whole, "workspaceMemberId")),
    objectMetadataId: isObject(objectMetadata) ? textOf(member(objectMetadata, "id")) : null,
    targetUrl: textOf(member(whole, "targetUrl")),
  };
}

function twoParts(value) {
  const parts = textOf(value)?.split(".") ?? [];
  return parts.length === 2 && parts.every((part) => part !== "") ? parts : null;
}

function textsOf(value) {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : [];
}

function textOf(value) {
  return typeof value === "string" ? value : null;
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function member(object, key) {
  return Object.hasOwn(object, key) ? object[key] : null;
}
