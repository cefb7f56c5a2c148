// JSON text, parsed values, events and patterns as they never come from the sender.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { NOW, backend, bang, cases, library, outcome, revoked, signed, thrown, throwingProxy, verify } from "./support.mjs";

const { canonicalize, canonicalizeValue, isEvent } = library;
const MISTAKE = "TypeError";
const CAUSED = "TypeError with cause";
const nested = (levels, open = "[", close = "]") => open.repeat(levels) + close.repeat(levels);
const objects = (levels) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("canonicalize", () => {
  const canonical = (json) => () => canonicalize(json);
  const notJson = ["", " ", "{", "[1,]", "01", "+1", ".5", "1.", "NaN", "undefined", "'a'", '"\n"', '"\\x"', "\ufeff1", "\u00a01", "1 2", "{a:1}", '{"a":1,}', "\0", "tru"];
  cases(test, [
    ["1,024 levels", "accepted", canonical(nested(1024))],
    ["1,024 objects", "accepted", canonical(objects(1024))],
    ["1,025 levels", "payload_too_deep", canonical(nested(1025))],
    ["1,025 objects", "payload_too_deep", canonical(objects(1025))],
    ["a million levels", "payload_too_deep", canonical(nested(1_000_000))],
    ["a million levels that never end", "payload_too_deep", canonical("[".repeat(1_000_000))],
    ...notJson.map((json) => [`no JSON: ${JSON.stringify(json)}`, "payload_not_json", canonical(json)]),
    ["lone surrogate", "payload_not_utf8", canonical('"\ud800"')],
    ["lone surrogate outside of a string", "payload_not_utf8", canonical("\udc00")],
    ["ill-formed bytes", "payload_not_utf8", canonical(Uint8Array.of(0x22, 0xff, 0x22))],
    ["bytes of a surrogate", "payload_not_utf8", canonical(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))],
    ...[undefined, null, 7, {}, [], revoked(), new String("1"), new SharedArrayBuffer(1)].map((json) => [`a mistake: ${typeof json}`, MISTAKE, canonical(json)]),
  ]);

  test("what it gives is JSON.stringify's", () => {
    const samples = ['{"b":1.0,"1":"\\u00e9"}', '"\\ud800"', "1e400", "-0", '{"__proto__":1,"a":2,"a":3}', '"\\/\\u0000\\u2028"', nested(1024), " [ ] "];
    for (const text of samples) {
      const expected = JSON.stringify(JSON.parse(text));
      assert.equal(canonicalize(text), expected);
      assert.equal(canonicalize(Buffer.from(text)), expected);
    }
  });

  test("the offset counts bytes of UTF-8", () => {
    for (const json of ['"é" x', Buffer.from('"é" x')]) assert.throws(() => canonicalize(json), { code: "payload_not_json", offset: 5 });
  });
});

describe("bodies that have to be read", () => {
  for (const payloadForm of ["canonical"]) {
    const by = new library.Webhook("a-secret-that-no-message-may-hold", { payloadForm });
    const read = (body, text = body) => outcome(() => by.verify(body, signed(text), { now: NOW }));
    test("1,024 and 1,025 levels", () => {
      assert.equal(read(nested(1024)), "accepted");
      assert.equal(read(nested(1025)), "payload_too_deep 400");
    });
    test("no JSON, no UTF-8", () => {
      assert.equal(read("{"), "payload_not_json 400");
      assert.equal(read(Uint8Array.of(0x22, 0xff, 0x22)), "payload_not_utf8 400");
      assert.equal(read(' {"b":1.0} ', '{"b":1}'), "accepted");
    });
  }
  test("an event is never an error", () => {
    for (const body of ["", "{", "null", "7", nested(257), nested(100_000), Uint8Array.of(0xff), '{"eventName":7}', '{"eventName":"a.b","record":[]}']) {
      const { event } = verify({ body, headers: signed(body) });
      assert.deepEqual([event.kind, event.name, event.record, event.updatedFields], ["unknown", null, null, []]);
    }
    assert.equal(verify({ body: nested(257), headers: signed(nested(257)) }).event.payload, null);
  });
});

describe("canonicalizeValue", () => {
  const cycle = {};
  cycle.self = [cycle];
  const of = (value) => () => canonicalizeValue(value);
  let deep = [];
  for (let level = 0; level < 1_000_000; level += 1) deep = [deep];
  cases(test, [
    ["cycle", MISTAKE, of(cycle)],
    ["BigInt", MISTAKE, of(1n)],
    ["BigInt within", MISTAKE, of({ a: [1n] })],
    ["undefined", MISTAKE, of(undefined)],
    ["function", MISTAKE, of(bang)],
    ["symbol", MISTAKE, of(Symbol("a"))],
    ["toJSON that gives undefined", MISTAKE, of({ toJSON: () => undefined })],
    ["throwing toJSON", CAUSED, of({ toJSON: bang })],
    ["toJSON that throws a RangeError", MISTAKE, of({ toJSON: () => { throw new RangeError("mine"); } })],
    ["throwing getter", CAUSED, of({ a: { get b() { return bang(); } } })],
    ["throwing proxy", CAUSED, of([throwingProxy({}, "ownKeys")])],
    ["revoked proxy", MISTAKE, of([revoked()])],
    ["a million levels", MISTAKE, of(deep)],
  ]);
  test("is the engine's own", () => {
    for (const value of [{ b: undefined, a: [undefined, NaN, -0] }, "\ud800", new Date(NOW), null, { 2: 1, 1: 2 }]) {
      assert.equal(canonicalizeValue(value), JSON.stringify(value));
    }
  });
});

describe("isEvent", () => {
  const event = verify().event;
  const is = (...parameters) => () => isEvent(...parameters);
  const yes = (answer) => String(answer);
  const patterns = ["", "*", ".", "..", "*.*.*", "person", "person.created.", ".created", "Person.created", "person.created\0", "person.*.*", "\ud800", "person.\ud800", "*".repeat(1e6), "(a+)+$", "metadata.*.*"];
  const named = (name) => ({ ...event, name });
  cases(test, [
    ...["person.created", "person.*", "*.created", "*.*"].map((pattern) => [`matches ${pattern}`, "true", is(event, pattern)]),
    ...patterns.map((pattern) => [`does not match ${JSON.stringify(pattern).slice(0, 30)}`, "false", is(event, pattern)]),
    ...[undefined, null, 7, {}, [], /person/, Symbol("p"), revoked(), new String("*.*")].map((pattern) => [`pattern: ${typeof pattern}`, MISTAKE, is(event, pattern)]),
    ...[undefined, null, 7, "person.created", Symbol("e"), bang].map((odd) => [`event: ${typeof odd}`, MISTAKE, is(odd, "*.*")]),
    ["an object of no kind", MISTAKE, is({}, "*.*")],
    ["an unknown kind", "false", is({ ...event, kind: "x" }, "*.*")],
    ["a kind that is no text", MISTAKE, is({ ...event, kind: 7 }, "*.*")],
    ["a kind that is a symbol", MISTAKE, is({ ...event, kind: Symbol("record") }, "*.*")],
    ["a kind without text", MISTAKE, is({ ...event, kind: Object.create(null) }, "*.*")],
    ["a list", MISTAKE, is([], "*.*")],
    ["a name that is null", "false", is(named(null), "*.*")],
    ["a name that is missing", "false", is(named(undefined), "*.*")],
    ...[7, {}, ["person.created"], Symbol("n"), true, 7n].map((name) => [`a name that is ${typeof name}`, MISTAKE, is(named(name), "*.*")]),
    ["throwing kind", CAUSED, is({ get kind() { return bang(); } }, "*.*")],
    ["throwing name", CAUSED, is({ kind: "record", get name() { return bang(); } }, "*.*")],
    ["revoked event", MISTAKE, is(revoked(), "*.*")],
    ["an unpaired surrogate is itself", "true", is(named("\ud800.created"), "\ud800.created")],
    ["an unpaired surrogate is no other", "false", is(named("\ud800.created"), "\udfff.created")],
    ["an unpaired surrogate is not U+FFFD", "false", is(named("\ud800.created"), "\ufffd.created")],
  ], yes);

  test(`the odd ones leave nothing behind (${backend})`, () => {
    assert.equal(isEvent(event, "person.created"), true);
    assert.equal(thrown.cause, undefined);
  });
});
