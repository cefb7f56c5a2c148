// Names: parts, old spellings, which of two names counts.
import { bytes } from "../shared/bytes.mjs";

const VERBS = { create: "created", update: "updated", delete: "deleted", destroy: "destroyed", restore: "restored", upsert: "upserted" };

export function eventNames() {
  return [...everyAction(), ...otherSpellings(), ...notTwoParts(), ...twoNames()];
}

function named(eventName, name, kind = "record") {
  return { comment: `name ${JSON.stringify(eventName)}`, flags: ["Name"], kind, name, payload: bytes(JSON.stringify({ eventName, record: { id: "1" } })) };
}

function everyAction() {
  return Object.entries(VERBS).flatMap(([verb, action]) => [
    named(`person.${action}`, `person.${action}`),
    named(`person.${verb}`, `person.${action}`),
    named(`person.${action.toUpperCase()}`, `person.${action}`),
    named(`${verb}.person`, `person.${action}`),
  ]);
}

function otherSpellings() {
  return [
    named("person.CREATE", "person.CREATE"),
    named("person.Created", "person.Created"),
    named("person.cReated", "person.cReated"),
    named("CREATE.person", "CREATE.person"),
    named("Create.person", "Create.person"),
    named("created.person", "created.person"),
    named("CREATED.person", "CREATED.person"),
    named("create.update", "create.updated"),
    named("create.created", "create.created"),
    named("created.create", "created.created"),
    named("create.Update", "Update.created"),
    named("update.create", "update.created"),
    named("create.*", "*.created"),
    named("*.created", "*.created"),
    named("person.creates", "person.creates"),
    named("person.created ", "person.created "),
    named(" create.person", " create.person"),
    named("PERSON.created", "PERSON.created"),
    named("ödland.create", "ödland.created"),
    named("create.株式", "株式.created"),
    named("create.😀", "😀.created"),
    named("__proto__.create", "__proto__.created"),
    named("constructor.toString", "constructor.toString"),
    named("toString.person", "toString.person"),
    named("person.constructor", "person.constructor"),
    named("a\u3002b.created", "a\u3002b.created"),
    named("person\n.\ncreated", "person\n.\ncreated"),
  ];
}

function notTwoParts() {
  const names = ["", ".", "..", "person", "created", ".created", "person.", "person.created.", ".person.created", "person..created",
    "a.b.c", "metadata.view.created", "person:created", "person\u3002created"];
  return names.map((name) => named(name, null, "unknown"));
}

function twoNames() {
  const test = (comment, payload, name, kind = "record") => ({ comment, flags: ["Precedence"], kind, name, payload: bytes(JSON.stringify(payload)) });
  const record = { id: "1" };
  const data = { id: "2" };
  const change = { metadataName: "view", recordId: "3", properties: { updatedFields: ["a"] } };
  return [
    test("eventName before eventType", { eventType: "create.company", eventName: "person.updated", record }, "person.updated"),
    test("eventType where eventName has three parts", { eventName: "a.b.c", eventType: "create.company", record }, "company.created"),
    test("eventType where eventName is empty", { eventName: "", eventType: "create.company", record }, "company.created"),
    test("eventType where eventName is null", { eventName: null, eventType: "create.company", record }, "company.created"),
    test("eventType where eventName is a number", { eventName: 1.5, eventType: "create.company", record }, "company.created"),
    test("eventType where eventName has an empty part", { eventName: "person.", eventType: "create.company", record }, "company.created"),
    test("record before metadata", { eventName: "person.updated", record, event: change }, "person.updated"),
    test("record before documented", { eventName: "person.updated", record, event: "company.created", data, timestamp: "t", eventDate: "d" }, "person.updated"),
    test("eventType before documented", { eventType: "update.person", record, event: "company.created", data }, "person.updated"),
    test("metadata where the record is null", { eventName: "person.updated", record: null, event: change }, "person.updated", "metadata"),
    test("metadata where the record is an array", { eventName: "person.updated", record: [], event: change }, "person.updated", "metadata"),
    test("metadata before documented's data", { eventName: "x", event: change, data }, "x", "metadata"),
    test("documented where the record is missing", { eventName: "person.updated", event: "company.created", data, timestamp: "t" }, "company.created"),
    test("documented where the name has three parts", { eventName: "a.b.c", record, event: "company.created", data }, "company.created"),
    test("documented's record is data, not record", { record, event: "company.created", data }, "company.created"),
    test("documented's data is no record for eventName", { eventName: "person.updated", data }, null, "unknown"),
    test("the record is no data for event", { event: "person.updated", record }, null, "unknown"),
  ];
}
