// Samples of events, and deliveries that are signed: as Twenty sends them, by the vectors and by what is known of its records.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";

import { api, backend } from "./installed.mjs";
import { vectors } from "./vectors.mjs";

const { sample, signedDelivery, signedRequest } = await import("twenty-webhook/testing");
const { Webhook } = api;
assert.equal(api.backend, backend);

const SECRET = "a secret";
const webhook = new Webhook(SECRET);

const EVERY = ["id", "createdAt", "updatedAt", "deletedAt"];
const LAST = ["position", "createdBy", "updatedBy", "searchVector"];
/** Of the newest version, from its sources. */
const FIELDS = {
  person: ["name", "emails", "phones", "linkedinLink", "xLink", "jobTitle", "city", "avatarUrl", "avatarFile", "companyId", ...LAST],
  company: ["name", "domainName", "employees", "linkedinLink", "xLink", "annualRecurringRevenue", "address", "idealCustomerProfile", "accountOwnerId", ...LAST],
  opportunity: ["name", "amount", "closeDate", "stage", "pointOfContactId", "companyId", ...LAST],
  task: ["title", "bodyV2", "dueAt", "status", "assigneeId", ...LAST],
  note: ["title", "bodyV2", ...LAST],
  attachment: ["name", "file", "fullPath", "fileCategory", ...["Task", "Note", "Person", "Company", "Opportunity", "Dashboard", "Workflow"].map((target) => `target${target}Id`), ...LAST],
  workspaceMember: ["name", "userEmail", "userId", "avatarUrl", "colorScheme", "locale", "timeZone", "dateFormat", "timeFormat", "numberFormat", "calendarStartDay", ...LAST],
  rocket: ["name"],
};
const ACTIONS = ["created", "updated", "deleted", "destroyed", "restored"];
/** The columns of the newest version, from its sources; of anything else what every entity has. */
const ENTITIES = {
  objectMetadata: ["nameSingular", "namePlural", "labelSingular", "labelPlural", "description", "icon", "isCustom", "isRemote", "isActive", "isSystem", "isSearchable", "isLabelSyncedWithName"],
  fieldMetadata: ["objectMetadataId", "type", "name", "label", "description", "icon", "defaultValue", "options", "settings", "isCustom", "isActive", "isSystem", "isNullable", "isUnique"],
  view: [],
};
const OPERATIONS = ["created", "updated", "deleted"];

const genuine = (name) => JSON.parse(Buffer.from(vectors.deliveries.testGroups[0].tests.find((one) => one.name === name).bodyHex, "hex"));
const PERSON = genuine("person-created");
const COMPANY = genuine("company-updated");
const METADATA = genuine("metadata-updated");

/** The names and the kinds of all values, of arrays those of the first. Numbers of older versions are texts. */
function shape(value) {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (value === null || typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shape(member)]));
}

/** That every value of a genuine record that is no `null` is of the kind that the sample has. */
function agree(sent, sampled, where) {
  if (sent === null || sampled === null) return;
  if (Array.isArray(sent)) return sent.length > 0 && sampled.length > 0 ? agree(sent[0], sampled[0], `${where}[]`) : assert.ok(Array.isArray(sampled), where);
  assert.equal(typeof sampled, typeof sent, where);
  if (typeof sent !== "object") return;
  for (const [name, member] of Object.entries(sent)) agree(member, sampled[name], `${where}.${name}`);
}

describe(`samples: ${backend}`, () => {
  for (const [object, fields] of Object.entries(FIELDS)) {
    for (const action of ACTIONS) {
      test(`${object}.${action} is authentic, and has every field`, () => {
        const payload = sample(`${object}.${action}`);
        const { body, headers } = signedDelivery(webhook, payload);
        assert.equal(body, JSON.stringify(payload));
        const { event } = webhook.verify(body, headers);
        assert.deepEqual([event.kind, event.name, event.object, event.action], ["record", `${object}.${action}`, object, action]);
        assert.deepEqual(event.record, payload.record);
        assert.deepEqual(Object.keys(event.record), [...EVERY, ...fields]);
        const hasFields = !["created", "destroyed"].includes(action);
        assert.deepEqual(Object.keys(payload), Object.keys(hasFields ? COMPANY : PERSON));
        assert.ok(!hasFields || payload.updatedFields.every((name) => name in payload.record));
        assert.equal(event.record.deletedAt !== null, ["deleted", "destroyed"].includes(action));
      });
    }
  }

  for (const operation of OPERATIONS) {
    test(`metadata.objectMetadata.${operation} is authentic`, () => {
      const payload = sample(`metadata.objectMetadata.${operation}`);
      const { body, headers } = signedDelivery(webhook, payload);
      const { event } = webhook.verify(body, headers);
      assert.deepEqual([event.kind, event.action, event.metadataName], ["metadata", operation, "objectMetadata"]);
      assert.deepEqual([Object.keys(payload), Object.keys(payload.event)], [Object.keys(METADATA), Object.keys(METADATA.event)]);
      const wanted = { created: ["after"], updated: ["before", "after", "updatedFields", "diff"], deleted: ["before"] }[operation];
      assert.deepEqual(Object.keys(event.properties), wanted);
    });
  }

  // Its entity had a label, as a field has, and was created an hour before the event that says so.
  for (const [name, fields] of Object.entries(ENTITIES)) {
    test(`metadata.${name} is described as Twenty does it`, () => {
      const properties = (operation) => sample(`metadata.${name}.${operation}`).event.properties;
      const { before, after, updatedFields, diff } = properties("updated");
      for (const entity of [properties("created").after, before, after, properties("deleted").before]) {
        assert.deepEqual(Object.keys(entity), ["id", ...fields, "workspaceId", "createdAt", "updatedAt"]);
      }
      const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
      assert.deepEqual(changed.filter((key) => key !== "updatedAt" || updatedFields.includes(key)), updatedFields);
      assert.deepEqual(diff, Object.fromEntries(updatedFields.map((key) => [key, { before: before[key], after: after[key] }])));
      const created = sample(`metadata.${name}.created`);
      assert.deepEqual([created.event.properties.after.createdAt, created.event.properties.after.updatedAt], [created.eventDate, created.eventDate]);
      assert.ok(before.createdAt === after.createdAt && before.createdAt < after.updatedAt);
    });
  }

  test("values are of the kinds that genuine records have", () => {
    for (const name of ["person-created", "company-updated", "note-destroyed"]) {
      const { eventName, record } = genuine(name);
      const sampled = sample(eventName).record;
      const known = Object.entries(record).filter(([key]) => key in sampled);
      agree(Object.fromEntries(known), sampled, name);
      assert.ok(known.length >= EVERY.length + 3, name);
    }
  });

  test("each is another record, and no duplicate of the one before", () => {
    const [one, other] = [sample("person.updated"), sample("person.updated")];
    assert.notEqual(one.record.id, other.record.id);
    assert.deepEqual(shape(one), shape(other));
    const [first, second, again] = [one, other, one].map((payload) => signedDelivery(webhook, payload)).map(({ body, headers }) => webhook.verify(body, headers).id);
    assert.notEqual(first, second);
    assert.equal(first, again);
    const age = Date.now() - Date.parse(one.record.updatedAt);
    assert.ok(one.eventDate === one.record.updatedAt && age >= 0 && age < 600_000);
  });

  test("overrides are merged, and nothing of them is changed", () => {
    const overrides = { record: { name: { firstName: "Grace" }, emails: { additionalEmails: ["a@b.c"] }, thrust: { unit: "kN" }, city: null, xLink: undefined }, userId: undefined, workspaceId: "7" };
    const copy = structuredClone(overrides);
    const plain = sample("person.created");
    const payload = sample("person.created", overrides);
    assert.deepEqual(overrides, copy);
    assert.deepEqual(payload.record.name, { ...plain.record.name, firstName: "Grace" });
    assert.deepEqual(payload.record.emails, { ...plain.record.emails, additionalEmails: ["a@b.c"] });
    assert.deepEqual([payload.record.thrust, payload.record.city, payload.workspaceId], [{ unit: "kN" }, null, "7"]);
    const sent = JSON.parse(signedDelivery(webhook, payload).body);
    assert.ok(!("userId" in sent) && !("xLink" in sent.record));
    payload.record.thrust.unit = "N";
    assert.deepEqual(overrides, copy);
    const hostile = sample("person.created", JSON.parse('{"record":{"__proto__":{"polluted":1}}}'));
    assert.ok(Object.hasOwn(hostile.record, "__proto__") && {}.polluted === undefined && hostile.record.polluted === undefined);
    const moment = new Date(0);
    assert.equal(sample("task.created", { record: { dueAt: moment } }).record.dueAt, moment);
  });

  test("a name that Twenty sends no event of is an error", () => {
    const wrong = ["", "person", "person.", ".created", "person.upserted", "person.create", "create.person", "person.CREATED", "*.created", "person.*", "Person.created"];
    const odd = ["timelineActivity.created", "metadata.created", "metadata.objectMetadata.restored", "metadata.a.b.created", "record.person.created", "a-b.created", "person.constructor", "<id>.created", "é.created"];
    for (const name of [...wrong, ...odd]) assert.throws(() => sample(name), { name: "RangeError", message: /sends no event of this name: write an object/ }, name);
    for (const name of [undefined, null, 7, ["person.created"]]) assert.throws(() => sample(name), { name: "TypeError", message: /^name must be text/ });
    for (const overrides of [null, 7, "city", [], new Date()]) assert.throws(() => sample("person.created", overrides), { name: "TypeError", message: /^overrides must be an object/ });
  });
});

describe(`signed deliveries: ${backend}`, () => {
  test("the headers are Twenty's, and the signature is Node's", () => {
    const { body, headers } = signedDelivery(webhook, { b: 1e21, a: "é\ud800", 1: -0 }, { timestamp: 1_764_000_000_123, nonce: "0".repeat(32) });
    assert.equal(body, '{"1":0,"b":1e+21,"a":"é\\ud800"}');
    const signature = createHmac("sha256", SECRET).update(`1764000000123:${body}`).digest("hex");
    const sent = { "X-Twenty-Webhook-Timestamp": "1764000000123", "X-Twenty-Webhook-Signature": signature, "X-Twenty-Webhook-Nonce": "0".repeat(32) };
    assert.deepEqual(headers, { "Content-Type": "application/json", ...sent });
  });

  test("a text is sent as it is", () => {
    const { body, headers } = signedDelivery(webhook, "no JSON");
    assert.equal(body, "no JSON");
    assert.equal(webhook.verify(body, headers).event.kind, "unknown");
  });

  test("a request is what Twenty sends", async () => {
    const request = signedRequest(webhook, sample("person.created"), new URL("https://example.com/webhooks/twenty"));
    assert.deepEqual([request.method, request.url, request.headers.get("content-type")], ["POST", "https://example.com/webhooks/twenty", "application/json"]);
    assert.equal((await webhook.verifyRequest(request)).event.name, "person.created");
  });

  test("what cannot be sent is an error", () => {
    for (const payload of [undefined, () => {}, 1n, Buffer.from("{}")]) assert.throws(() => signedDelivery(webhook, payload), TypeError);
    for (const other of [undefined, null, SECRET]) assert.throws(() => signedDelivery(other, {}), { name: "TypeError", message: /^webhook must be a Webhook/ });
  });
});
