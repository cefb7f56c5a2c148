// Full payloads of every envelope and era.
import { bytes } from "../shared/bytes.mjs";
import {
  documentedEnvelope,
  eventTypeEnvelope,
  FIELD_METADATA_CHANGE,
  metadataEnvelope,
  recordEnvelope,
  verbEnvelope,
} from "../samples/envelopes.mjs";
import { ATTACHMENT, COMPANY, NOTE, OLD_PERSON, OPPORTUNITY, PERSON, ROCKET, TASK, WORKSPACE_MEMBER } from "../samples/records.mjs";

export function eventKinds() {
  return [...records(), ...composites(), ...eras(), ...metadata(), ...documented(), ...unknown()];
}

function testOf(flag, kind) {
  return (comment, value, name) => ({ comment, flags: [flag], kind, payload: bytes(JSON.stringify(value)), name });
}

function records() {
  const test = testOf("Record", "record");
  return [
    test("person created", recordEnvelope("person.created", PERSON), "person.created"),
    test("company updated", recordEnvelope("company.updated", COMPANY, { updatedFields: ["name", "accountOwner", "accountOwnerId"] })),
    test("opportunity deleted by an API key", recordEnvelope("opportunity.deleted", OPPORTUNITY, { byUser: false, updatedFields: ["deletedAt"] })),
    test("task upserted", recordEnvelope("task.upserted", TASK, { updatedFields: ["bodyV2"] })),
    test("note destroyed", recordEnvelope("note.destroyed", NOTE)),
    test("attachment restored", recordEnvelope("attachment.restored", ATTACHMENT, { updatedFields: ["deletedAt"] })),
    test("workspace member updated", recordEnvelope("workspaceMember.updated", WORKSPACE_MEMBER, { updatedFields: [] })),
    test("custom object created", recordEnvelope("rocket.created", ROCKET), "rocket.created"),
    test("an action of tomorrow", recordEnvelope("person.merged", { id: "1" }), "person.merged"),
    test("an empty record", recordEnvelope("person.destroyed", {})),
    test("the smallest record event", { eventName: "a.b", record: {} }, "a.b"),
    test("unknown members of the envelope are left out", { ...recordEnvelope("person.created", { id: "1" }), apiKeyId: "2", extra: { a: [1] }, payload: 3, kind: "unknown" }),
  ];
}

function composites() {
  const withFields = (comment, fields) =>
    testOf("Record", "record")(comment, {
      eventName: "opportunity.updated",
      record: { id: "1", ...fields },
      updatedFields: Object.keys(fields),
    });
  const coordinates = (addressLat, addressLng) => ({ address: { addressStreet1: "", addressStreet2: null, addressCity: "Łódź", addressLat, addressLng } });
  return [
    withFields("amountMicros as a number", { amount: { amountMicros: 250000000000, currencyCode: "USD" } }),
    withFields("amountMicros as a text", { amount: { amountMicros: "250000000000", currencyCode: "USD" } }),
    withFields("amountMicros null", { amount: { amountMicros: null, currencyCode: "" } }),
    withFields("amountMicros with a fraction", { amount: { amountMicros: 1999990.5, currencyCode: "EUR" } }),
    withFields("coordinates as numbers", coordinates(51.7592, -0.0000012)),
    withFields("coordinates as texts", coordinates("51.7592000", "19.4560000")),
    withFields("coordinates null", coordinates(null, null)),
    withFields("all composites null", { name: null, emails: null, phones: null, linkedinLink: null, amount: null, address: null, createdBy: null, bodyV2: null }),
    withFields("positions", { position: -12.5, other: 0.00001, third: 1e-7 }),
    withFields("custom fields named like others", { eventName: "x.y", record: { id: 2 }, kind: 1, __typename: "X", constructor: "c", "": "empty", "0": "zero" }),
  ];
}

function eras() {
  const test = testOf("Era", "record");
  return [
    test("upper-case action of 2025", recordEnvelope("person.CREATED", { id: "1" }), "person.created"),
    test("verb of 2024", verbEnvelope("person.create", OLD_PERSON), "person.created"),
    test("eventType of 2024", eventTypeEnvelope("create.person", OLD_PERSON), "person.created"),
    test("eventType, custom object deleted", eventTypeEnvelope("delete.rocket", { id: "1" }), "rocket.deleted"),
    test("eventType in today's order", { eventType: "person.created", record: {} }, "person.created"),
  ];
}

function metadata() {
  const test = testOf("Metadata", "metadata");
  const created = { after: { id: "1", name: "score", defaultValue: null, position: 1.5 } };
  return [
    test("object updated", metadataEnvelope("objectMetadata", "updated", FIELD_METADATA_CHANGE), "metadata.objectMetadata.updated"),
    test("field created by an API key", metadataEnvelope("fieldMetadata", "created", created, { apiKeyId: "2" })),
    test("view deleted", metadataEnvelope("view", "deleted", { before: { id: "3", name: "All" } })),
    test("no properties", { ...metadataEnvelope("webhook", "created", {}), event: { type: "created", metadataName: "webhook", recordId: "4" } }),
    test("no name", { event: { metadataName: "view", recordId: "5" } }),
    test("a name without dots", { eventName: "metadata", event: { metadataName: "view" } }, "metadata"),
    test("a name of two parts and no record", { eventName: "view.created", event: { metadataName: "view" } }, "view.created"),
    test("a name of four parts", { eventName: "metadata.view.filter.created", event: { metadataName: "view" } }),
    test("a name that ends in a dot", { eventName: "metadata.view.", event: { metadataName: "view" } }),
    test("an empty name", { eventName: "", event: { metadataName: "view" } }, ""),
    test("old verbs stay as they are", { eventName: "metadata.view.create", event: { metadataName: "view" } }, "metadata.view.create"),
    test("an upper-case action stays as it is", { eventName: "metadata.view.CREATED", event: { metadataName: "view" } }, "metadata.view.CREATED"),
    test("an empty metadataName is text", { event: { metadataName: "" } }),
    test("updatedFields of the envelope do not count", { event: { metadataName: "view", properties: {} }, updatedFields: ["a"] }),
    test("objectMetadata and workspaceMemberId, should they come", { event: { metadataName: "view" }, objectMetadata: { id: "6" }, workspaceMemberId: "7" }),
    test("a record beside it, under a name of three parts", { ...metadataEnvelope("view", "updated", FIELD_METADATA_CHANGE), record: { id: "8" } }),
  ];
}

function documented() {
  const test = testOf("Documented", "record");
  return [
    test("person created", documentedEnvelope("person.created", PERSON), "person.created"),
    test("company deleted, with a record of one field", documentedEnvelope("company.deleted", { id: "1" })),
    test("custom object", documentedEnvelope("rocket.updated", { id: "1", 10: "x" }), "rocket.updated"),
    test("an old verb", documentedEnvelope("person.create", { id: "1" }), "person.created"),
    test("an old order", documentedEnvelope("create.person", {}), "person.created"),
    test("no timestamp", { event: "person.created", data: {} }),
    test("a timestamp in milliseconds is no text", { event: "person.created", data: {}, timestamp: 1736937000000 }),
    test("eventDate does not stand in for timestamp", { event: "person.created", data: {}, eventDate: "2025-01-15T10:30:00.000Z" }),
    test("members of the other envelope beside it", {
      ...documentedEnvelope("person.created", { id: "1" }),
      workspaceId: "w",
      webhookId: "h",
      userId: "u",
      workspaceMemberId: "m",
      targetUrl: "https://x",
      objectMetadata: { id: "o" },
      updatedFields: ["a"],
    }),
  ];
}

function unknown() {
  const test = testOf("Unknown", "unknown");
  const scalars = [null, true, false, 0, -1.5, "person.created", ""];
  return [
    ...scalars.map((value) => test(`the document ${JSON.stringify(value)}`, value)),
    test("an empty array", []),
    test("an array of a record event", [recordEnvelope("person.created", { id: "1" })]),
    test("an empty object", {}),
    test("a shape of tomorrow", { eventName: "workflow.run.finished", workspaceId: "w", run: { id: 1, steps: [{ ok: true }] } }),
    test("a record event without its name", { record: { id: "1" }, workspaceId: "w" }),
    test("a record event without its record", { eventName: "person.created", eventDate: "d" }),
    test("a documented event without its data", { event: "person.created", timestamp: "t" }),
    test("a metadata event without metadataName", { eventName: "metadata.view.created", event: { type: "created", recordId: "1" } }),
    test("an invented envelope", { type: "person.created", payload: { id: "1" } }),
    test("members named like the event's own", { kind: "record", name: "person.created", record: 1, payload: { payload: null } }),
  ];
}
