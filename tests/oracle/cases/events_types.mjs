// Every field with values of every wrong type.
import { bytes } from "../shared/bytes.mjs";

const WRONG_FOR_TEXT = [null, 7, ["x"], { id: "x" }];
const WRONG_FOR_OBJECT = [null, false, "{}", [{ id: "x" }]];
const COMMON = { targetUrl: "t", workspaceId: "w", webhookId: "h", eventDate: "d", userId: "u" };
const RECORD = {
  eventName: "person.updated",
  objectMetadata: { id: "o" },
  ...COMMON,
  workspaceMemberId: "m",
  record: { id: "1" },
  updatedFields: ["a"],
};
const METADATA = {
  eventName: "metadata.view.updated",
  ...COMMON,
  event: { type: "updated", metadataName: "view", recordId: "2", properties: { updatedFields: ["a"] } },
};
const DOCUMENTED = { event: "person.updated", data: { id: "1" }, timestamp: "t" };

export function eventTypes() {
  return [...deciding(), ...optionalTexts(), ...updatedFields(), ...identifiers()];
}

function test(comment, kind, payload) {
  return { comment, flags: ["WrongType"], kind, payload: bytes(JSON.stringify(payload)) };
}

function withEach(kind, base, path, values) {
  return values.map((value) => test(`${kind}: ${path} is ${JSON.stringify(value)}`, kind, { ...base, [path]: value }));
}

function deciding() {
  return [
    ...withEach("unknown", { eventName: "person.updated" }, "record", WRONG_FOR_OBJECT),
    ...withEach("unknown", { record: { id: "1" } }, "eventName", WRONG_FOR_TEXT),
    ...withEach("unknown", { record: { id: "1" } }, "eventType", WRONG_FOR_TEXT.slice(0, 2)),
    ...withEach("unknown", DOCUMENTED, "data", WRONG_FOR_OBJECT),
    ...withEach("unknown", DOCUMENTED, "event", WRONG_FOR_TEXT),
    ...WRONG_FOR_TEXT.map((metadataName) => test(`unknown: metadataName is ${JSON.stringify(metadataName)}`, "unknown", { ...METADATA, event: { metadataName } })),
    test("unknown: event is an array of a metadata event", "unknown", { ...METADATA, event: [METADATA.event] }),
  ];
}

function optionalTexts() {
  const fields = ["eventDate", "workspaceId", "webhookId", "userId", "workspaceMemberId", "targetUrl"];
  return [
    ...fields.map((field, index) => test(`record: ${field} of a wrong type`, "record", { ...RECORD, [field]: WRONG_FOR_TEXT[index % WRONG_FOR_TEXT.length] })),
    ...fields.map((field) => test(`record: ${field} empty`, "record", { ...RECORD, [field]: "" })),
    test("record: every optional text of a wrong type", "record", { ...RECORD, ...Object.fromEntries(fields.map((field) => [field, 1])) }),
    ...withEach("metadata", METADATA, "eventName", WRONG_FOR_TEXT),
    ...withEach("metadata", METADATA, "eventDate", [1, {}]),
    ...withEach("record", DOCUMENTED, "timestamp", WRONG_FOR_TEXT.slice(0, 3)),
    test("a date as sent, whatever it says", "record", { ...RECORD, eventDate: "yesterday" }),
  ];
}

function updatedFields() {
  const wrong = [null, "a", 1, {}, { 0: "a", length: 1 }, ["a", 1], ["a", null], [["a"]], [1, "a"]];
  const right = [[], [""], ["a", "a"], ["company", "companyId"], ["é", "😀", "\ud800", "\"\\/"]];
  const asMetadata = (value) => ({ ...METADATA, event: { ...METADATA.event, properties: { before: null, updatedFields: value } } });
  return [
    ...withEach("record", RECORD, "updatedFields", [...wrong, ...right]),
    ...[wrong[0], wrong[1], wrong[5], right[3]].map((value) => test(`metadata: updatedFields is ${JSON.stringify(value)}`, "metadata", asMetadata(value))),
  ];
}

function identifiers() {
  const withRecordId = (id) => test(`record: id is ${JSON.stringify(id)}`, "record", { ...RECORD, record: { id, name: "x" } });
  const withMetadata = (field, value) => test(`metadata: ${field} is ${JSON.stringify(value)}`, "metadata", { ...METADATA, event: { ...METADATA.event, [field]: value } });
  return [
    ...[...WRONG_FOR_TEXT, ""].map(withRecordId),
    test("record: no id", "record", { ...RECORD, record: { recordId: "2" } }),
    test("record: recordId of the envelope does not count", "record", { ...RECORD, record: {}, recordId: "2" }),
    test("documented: id is a number", "record", { ...DOCUMENTED, data: { id: 1 } }),
    ...withEach("record", RECORD, "objectMetadata", [...WRONG_FOR_OBJECT, {}, { id: null }, { id: 5 }, { nameSingular: "person" }, { id: "" }]),
    test("record: objectMetadataId of the envelope does not count", "record", { eventName: "a.b", record: {}, objectMetadataId: "2" }),
    ...WRONG_FOR_TEXT.map((value) => withMetadata("recordId", value)),
    ...WRONG_FOR_OBJECT.map((value) => withMetadata("properties", value)),
  ];
}
